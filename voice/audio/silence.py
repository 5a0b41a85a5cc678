"""The silence around a sentence: trimmed to short natural margins, and put back as pauses of one length."""

from __future__ import annotations

from typing import Final

import numpy as np

from voice.audio.pcm import Samples
from voice.domain.audio import SAMPLE_RATE

LEAD_S: Final = 0.03
"""Left before the first sound, for its onset."""

TAIL_S: Final = 0.08
"""Left after the last sound, for its decay."""

BELOW_LOUDEST_DB: Final = 45.0
"""What is this much quieter than a sentence's loudest moment is silence, or breath."""

CLAUSE_PAUSE_S: Final = 0.12
SENTENCE_PAUSE_S: Final = 0.28
PARAGRAPH_PAUSE_S: Final = 0.55

_FRAME: Final = SAMPLE_RATE // 100
_FADE: Final = np.linspace(0, 1, SAMPLE_RATE // 200, dtype=np.float32)

_CLAUSE_MARKS: Final = frozenset(",;:–—)]")  # noqa: RUF001  # dashes are meant
_SENTENCE_MARKS: Final = frozenset(".!?…")
_CLOSING_MARKS: Final = "\"'”’»)]"  # noqa: RUF001  # typographic quotes are meant


def trim(samples: Samples) -> Samples:
    """``samples`` (24 kHz, float32, mono) with only ``LEAD_S`` and ``TAIL_S`` around the sound, faded at both ends.

    Silence alone becomes nothing.
    """
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    energy = np.einsum("ij,ij->i", frames, frames)
    if not energy.any():
        return samples[:0]
    sounding = np.flatnonzero(energy > energy.max() * 10 ** (-BELOW_LOUDEST_DB / 10))
    start = max(sounding[0] * _FRAME - round(LEAD_S * SAMPLE_RATE), 0)
    end = (sounding[-1] + 1) * _FRAME + round(TAIL_S * SAMPLE_RATE)
    return _faded(samples[start:end].copy())


def pause_after_s(text: str) -> float:
    """Seconds of pause between ``text`` and what follows it, read off the mark it ends with; none within a clause."""
    said = text.rstrip()
    if said.rstrip(_CLOSING_MARKS)[-1:] in _SENTENCE_MARKS:
        return SENTENCE_PAUSE_S
    return CLAUSE_PAUSE_S if said[-1:] in _CLAUSE_MARKS else 0.0


def _faded(samples: Samples) -> Samples:
    length = min(len(_FADE), len(samples))
    samples[:length] *= _FADE[:length]
    samples[len(samples) - length :] *= _FADE[:length][::-1]
    return samples
