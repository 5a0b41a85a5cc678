"""Kokoro-82M in this process: the model, loaded once, and how a sentence is made of it.

The model's inputs after github.com/hexgrad/kokoro, kokoro/model.py (version 0.9.4), exported to ONNX: ``tokens``
(padded with a 0 at both ends), ``style`` (the one for so many phonemes) and ``speed``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
import onnxruntime
from hibari.g2p import G2P

from voice.audio.loudness import level
from voice.audio.pcm import Samples, silence
from voice.audio.silence import trim
from voice.audio.tempo import faster
from voice.domain.errors import ProviderUnavailable
from voice.providers.english_speech import runs
from voice.providers.kokoro_files import STYLES, ModelFolder, Styles
from voice.providers.kokoro_voices import is_british

FASTEST_PACE: Final = 1.5
"""Beyond it the model no longer keeps up (asked for 2 it speaks 1.9 times as fast); the wave is shortened instead."""

USUAL_GAIN_DB: Final = 2.5
"""What brings the model's voices, -23 to -18 dB loud, to the loudness of all speech here."""

LONGEST_RUN: Final = 200
"""Phonemes the model is given at once, more than 150 letters make unless they must be spelled out. It takes 508, but
its memory grows with the sound it makes: 0.4 GB in all when it is loaded, 0.6 for 10 seconds, 0.8 for 16."""

_SHORTEST_RUN: Final = 80

_INPUTS: Final = {"tokens", "style", "speed"}

_loading: Final = Lock()


class Engine:
    """The model, the voices it has been asked for, and the reading rules. It says one thing at a time."""

    def __init__(self, folder: ModelFolder) -> None:
        """Load the model and the American rules, about two seconds' work.

        Raises:
            ProviderUnavailable: the model is missing, is no model, or nothing vouches for it.
        """
        self._folder = folder
        self._session = _session(folder.checked_model())
        # Hibari was taught by Kokoro and writes phonemes in the same alphabet.
        self._tokens: dict[str, int] = json.loads(files("hibari").joinpath("assets/vocab.json").read_text("utf-8"))
        self._styles: dict[str, Styles] = {}
        self._rules = {False: G2P()}
        self._speaking = Lock()

    def say(self, text: str, voice: str, speed: float) -> Samples:
        """``text``, a sentence, as samples (24 kHz, float32, mono), trimmed and levelled.

        ``speed`` is 0.25 to 4.0. What has no sound gives none. Others wait until it is made: two at once would take
        twice the memory and both be slower than they sound.

        Raises:
            ProviderRejected: there is no such voice.
            ProviderUnavailable: the voice's file cannot be used.
        """
        pace = min(speed, FASTEST_PACE)
        with self._speaking:
            styles = self._styles_of(voice)
            phonemes = runs([self._rules_of(voice)(text) or ""], max(int(LONGEST_RUN * min(pace, 1)), _SHORTEST_RUN))
            waves = [trim(self._wave(run, styles, pace)) for run in phonemes]
        said = np.concatenate(waves) if waves else silence(0)
        return level(faster(said, speed / pace) if speed > pace else said, USUAL_GAIN_DB)

    def _styles_of(self, voice: str) -> Styles:
        if voice not in self._styles:
            self._styles[voice] = self._folder.styles(voice)
        return self._styles[voice]

    def _rules_of(self, voice: str) -> G2P:
        british = is_british(voice)
        if british not in self._rules:
            self._rules[british] = G2P(british=british)
        return self._rules[british]

    def _wave(self, phonemes: str, styles: Styles, pace: float) -> Samples:
        tokens = [self._tokens[phoneme] for phoneme in phonemes if phoneme in self._tokens]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": styles[min(max(len(tokens), 1), STYLES) - 1][None],
            "speed": np.array([pace], np.float32),
        }
        wave: Samples = self._session.run(None, inputs)[0].reshape(-1)
        return wave


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the other cores are for others
    # A plan kept for each length of input saves no time, and takes a third more memory.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as broken:  # its errors have no class in common but this
        raise ProviderUnavailable("kokoro", "The model in KOKORO_MODEL_DIR cannot be loaded.") from broken
    if {given.name for given in session.get_inputs()} != _INPUTS:
        raise ProviderUnavailable("kokoro", "The model in KOKORO_MODEL_DIR is not Kokoro, or another export of it.")
    return session


def engine(folder: str) -> Engine:
    """The one engine of this process for the model in ``folder``, loaded when first asked for; blocks while it loads.

    Raises:
        ProviderUnavailable: it cannot be loaded.
    """
    with _loading:
        return _loaded(folder)


@cache
def _loaded(folder: str) -> Engine:
    return Engine(ModelFolder(Path(folder)))
