"""Between samples, which sound is worked on as, and PCM bytes, which it travels as."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voice.domain.audio import SAMPLE_RATE

Samples: TypeAlias = NDArray[np.float32]
"""One channel at 24 kHz, float32 within ±1."""

_FULL_SCALE = 32_767


def pcm_of(samples: Samples) -> bytes:
    """``samples`` as PCM (s16le, 24 kHz, mono), clipped where they exceed ±1."""
    return np.rint(np.clip(samples, -1, 1) * _FULL_SCALE).astype("<i2").tobytes()


def samples_of(pcm: bytes) -> Samples:
    """PCM (s16le, 24 kHz, mono, whole samples) as samples."""
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(_FULL_SCALE)


def silence(seconds: float) -> Samples:
    """Nothing to hear for ``seconds``."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
