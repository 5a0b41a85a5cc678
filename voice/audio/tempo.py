"""Speech made faster at its own pitch: waveform similarity overlap-add.

After W. Verhelst and M. Roelands, "An overlap-add technique based on waveform similarity (WSOLA) for high quality
time-scale modification of speech", ICASSP 1993.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from voice.audio.pcm import Samples
from voice.domain.audio import SAMPLE_RATE

_HOP: Final = SAMPLE_RATE // 50
_WINDOW: Final = np.hanning(2 * _HOP + 1)[: 2 * _HOP].astype(np.float32)
_REACH: Final = SAMPLE_RATE // 100
"""How far from its due place a piece may be taken, to suit what it follows: more than a period of any voice."""

_ONES: Final = np.ones(2 * _HOP, np.float32)


def faster(samples: Samples, factor: float) -> Samples:
    """``samples`` (24 kHz, float32, mono) in ``1 / factor`` of their time; ``factor`` is 1 or more."""
    length = int(len(samples) / factor)
    padded = np.pad(samples, (_REACH, 2 * _HOP + _REACH + round(_HOP * factor)))
    made = np.zeros(length + 3 * _HOP, np.float32)
    taken = _REACH
    for at in range(0, length, _HOP):
        due = _REACH + min(int(at * factor), len(samples))
        taken = due if at == 0 else _most_like(padded, padded[taken + _HOP : taken + 3 * _HOP], due)
        made[at : at + 2 * _HOP] += padded[taken : taken + 2 * _HOP] * _WINDOW
    return made[:length]


def _most_like(padded: Samples, model: Samples, due: int) -> int:
    """Where within reach of ``due`` the piece begins that is most like ``model``."""
    around = padded[due - _REACH : due + _REACH + len(model)]
    energy = np.convolve(around * around, _ONES, "valid")
    return due - _REACH + int(np.argmax(np.correlate(around, model, "valid") / np.sqrt(energy + 1e-9)))
