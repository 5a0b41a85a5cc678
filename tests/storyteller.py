"""A long message, its sentences as they sound one by one, and where each of them is heard in a file."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.audio.pcm import Samples
from voice.domain.audio import SAMPLE_RATE
from voice.providers.local_engine import engine
from voice.providers.local_voices import TIMBRES
from voice.text.cleaning import clean
from voice.text.placing import placed_sentences
from voice.text.speakable import speakable

STORY: Final = """\
## The lighthouse

It was late. Nobody, as far as I know, had seen the keeper since *Tuesday*, and the lamp, which should have turned all
night, stood still. Why? There were 3 reasons:

- the oil had run out;
- the clockwork, built in 1874, was broken, or somebody had stopped it;
- he had simply gone home.

Dr. Brown laughed. “Gone home?” she said. “He has lived in that tower for 31 years, he has no other home!” So we took
the small boat, the one with the patched sail, and went across. The water was calm. It cost us £4.50, an hour and
twenty minutes, and most of our patience.

The door was open. Inside we found a table, two chairs, a kettle that was still warm, and a letter. No. Two letters.
"""

LEAD_S: Final = 0.03
"""Of each sentence, before its first sound."""


def sentences() -> list[str]:
    """What is said of it, sentence by sentence."""
    return [one.text for one in placed_sentences(clean(STORY))]


@cache
def sound_of(sentence: str, timbre: str = "heart", speed: float = 1.0) -> Samples:
    """A sentence as the embedded engine says it."""
    return engine().say(speakable(sentence), TIMBRES[timbre], speed)


def onsets_s(recording: NDArray[np.float32], sounds: list[Samples]) -> list[float]:
    """The seconds at which each of ``sounds`` is heard in ``recording``, each after the one before it.

    It is where the two are most alike (their cross-correlation is greatest).
    """
    onsets, at = [], 0
    for sound in sounds:
        at += _likest_place(recording[at:], sound)
        onsets.append(at / SAMPLE_RATE + LEAD_S)
        at += len(sound) // 2
    return onsets


def _likest_place(recording: NDArray[np.float32], sound: Samples) -> int:
    size = 1 << (len(recording) + len(sound)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(recording, size) * np.conj(np.fft.rfft(sound, size)), size)
    return int(alike[: len(recording)].argmax())
