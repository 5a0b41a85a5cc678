"""One loudness for all speech, measured a sentence at a time, and no peak that clips.

The measure is that of ITU-R BS.1770-4 (annex 1: blocks of 400 ms every 100 ms, those below -70 gated out, then those
more than 10 below the mean of the rest) without its K filter, which for the voices here changes the result by 0.6 dB at
most and would cost more than all else that is done to a sentence after it was made.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.audio.pcm import Samples
from voice.domain.audio import SAMPLE_RATE

TARGET_DB: Final = -18.0
"""What AES TD1008.1.21-9 (2021), table 1, recommends for speech, in LUFS."""

DEVIATION_DB: Final = 4.0
"""How far a sentence's gain may be from its voice's usual one: a whispered word is not blown up to a shout."""

CEILING: Final = 10 ** (-1 / 20)
"""No sample exceeds -1 dBFS: lossy formats overshoot."""

SOFT_FROM: Final = 10 ** (-4 / 20)
"""Above this, peaks are rounded off rather than cut."""

_BLOCK: Final = SAMPLE_RATE * 4 // 10
_STEP: Final = SAMPLE_RATE // 10
_SILENCE_DB: Final = -70.0
_RELATIVE_GATE_DB: Final = 10.0


def loudness_db(samples: Samples) -> float:
    """Gated loudness of ``samples`` (24 kHz, float32, mono) in dB below full scale; -70 for silence."""
    power = _block_powers(samples)
    heard = power[power > _power(_SILENCE_DB)]
    if not heard.size:
        return _SILENCE_DB
    heard = heard[heard > heard.mean() * _power(-_RELATIVE_GATE_DB)]
    return float(10 * np.log10(heard.mean()))


def level(samples: Samples, usual_gain_db: float) -> Samples:
    """``samples`` (24 kHz, float32, mono) brought to ``TARGET_DB`` by one gain, peaks rounded off below ``CEILING``.

    The gain depends on these samples only and stays within ``DEVIATION_DB`` of ``usual_gain_db``, what this voice
    usually takes: so neither does the loudness of a sentence depend on its neighbours, nor does a sigh become a cry.
    """
    wanted_db = TARGET_DB - loudness_db(samples)
    gain_db = min(max(wanted_db, usual_gain_db - DEVIATION_DB), usual_gain_db + DEVIATION_DB)
    return _with_soft_peaks(samples * np.float32(10 ** (gain_db / 20)))


def _block_powers(samples: Samples) -> NDArray[np.float64]:
    """Mean square of every block; of all there is, spread over one block, when that is shorter."""
    steps = samples[: len(samples) // _STEP * _STEP].reshape(-1, _STEP)
    sums = np.einsum("ij,ij->i", steps, steps, dtype=np.float64)
    per_block = _BLOCK // _STEP
    if len(sums) < per_block:
        return np.array([np.dot(samples, samples) / _BLOCK])
    return np.convolve(sums, np.ones(per_block), "valid") / _BLOCK


def _power(decibels: float) -> float:
    return float(10 ** (decibels / 10))


def _with_soft_peaks(samples: Samples) -> Samples:
    """Change nothing below ``SOFT_FROM``; above, approach ``CEILING`` along a tanh that joins without a bend."""
    peaks = np.flatnonzero(np.abs(samples) > SOFT_FROM)
    room = CEILING - SOFT_FROM
    excess = np.abs(samples[peaks]) - SOFT_FROM
    samples[peaks] = np.sign(samples[peaks]) * (SOFT_FROM + room * np.tanh(excess / room))
    return samples
