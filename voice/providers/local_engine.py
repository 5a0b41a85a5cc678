"""The embedded engine: hibari's model, loaded once a process, and how a sentence is made of it in any voice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import hibari
import numpy as np
from hibari import dsp
from hibari.voices import voice_path

from voice.audio.loudness import level
from voice.audio.pcm import Samples, silence
from voice.audio.silence import trim
from voice.audio.tempo import faster
from voice.domain.errors import ProviderUnavailable
from voice.providers.english_speech import runs
from voice.providers.local_voices import Timbre

MODEL_SHA256: Final = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
"""hibari/assets/hibari.onnx in the wheel hibari-tts 0.2.1."""

_PACES: Final = np.array([0.25, 0.8, 0.96, 1.0, 1.05, 1.125])
_ASKED: Final = np.array([0.25, 0.8, 0.9, 1.0, 1.15, 1.25])
"""What the model must be asked for to speak at a pace (measured, means of eight sentences). It can be asked for more,
but Whisper then understands a shortened wave better: at twice the pace it mistakes 2 words in 100, not 12."""

USUAL_GAIN_DB: Final = 8.0
"""What brings the model's sentences, -27 to -25 dB loud, to the loudness of all speech here."""

LONGEST_RUN: Final = 300
"""Phonemes the model is given at once, a little more than 250 letters make: its memory grows with them, to 2.2 GB at
5,000. Letters that must be spelled out make four times as many."""

_SHORTEST_RUN: Final = 100

_SEED: Final = 0
"""Of the noise in breath and consonants: every sentence begins with it, so none depends on what was said before it."""

_loading: Final = Lock()


class Engine:
    """The model and its reading rules; any number of threads may ask it at once."""

    def __init__(self) -> None:
        """Load both, about a second's work.

        Raises:
            ProviderUnavailable: the model is missing, or not the one it should be.
        """
        try:
            model = Path(voice_path("heart", download_missing=False))
            found = hashlib.sha256(model.read_bytes()).hexdigest()
        except OSError as missing:
            raise ProviderUnavailable("local", "The voice's model cannot be read.") from missing
        if found != MODEL_SHA256:
            raise ProviderUnavailable("local", "The voice's model is not the one of hibari-tts 0.2.1.")
        self._hibari = hibari.Hibari(voice="heart", model=str(model), threads=1)
        # It loads its rules when first needed, and what guesses at unknown words: now, or two threads would both do it.
        self._hibari.phonemize("Xyzzy.")

    def say(self, text: str, timbre: Timbre, speed: float) -> Samples:
        """``text``, some 250 characters at most, as samples (24 kHz, float32, mono), trimmed and levelled.

        ``speed`` is 0.25 to 4.0. The same arguments give the same samples. What has no sound gives none.
        """
        pace = min(speed, _PACES[-1])
        waves = [trim(self._wave(phonemes, timbre, pace)) for phonemes in self._phonemes(text, pace)]
        said = np.concatenate(waves) if waves else silence(0)
        return level(faster(said, speed / pace) if speed > pace else said, USUAL_GAIN_DB)

    def _phonemes(self, text: str, pace: float) -> Iterator[str]:
        """How ``text`` is pronounced, cut where that is far longer than its letters let expect."""
        return runs(self._hibari.phonemize(text), max(int(LONGEST_RUN * min(pace, 1)), _SHORTEST_RUN))

    def _wave(self, phonemes: str, timbre: Timbre, pace: float) -> Samples:
        asked = np.interp([pace], _PACES, _ASKED)
        inputs = {"ids": np.array([self._hibari.ids(phonemes)], np.int64), "speed": asked.astype(np.float32)}
        harmonics, phases, noise, residue, residue_phases, f0 = (of[0] for of in self._hibari.sess.run(None, inputs))
        wave: Samples = dsp.synth(
            timbre.stretched(harmonics),
            timbre.stretched(phases),
            timbre.stretched(noise),
            timbre.stretched(residue),
            residue_phases,
            timbre.pitched(f0),
            np.random.default_rng(_SEED),
        )
        return wave


def engine() -> Engine:
    """The one engine of this process, loaded when it is first asked for; blocks while it loads.

    Raises:
        ProviderUnavailable: it cannot be loaded.
    """
    with _loading:
        return _loaded()


@cache
def _loaded() -> Engine:
    return Engine()
