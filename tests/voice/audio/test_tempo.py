"""Speech made faster at its own pitch."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio import tone
from voice.audio.pcm import Samples, samples_of, silence
from voice.audio.tempo import faster
from voice.domain.audio import SAMPLE_RATE


def strongest_hz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * SAMPLE_RATE / len(samples))


@pytest.mark.parametrize("factor", [1.0, 1.1, 1.5, 2.0, 3.2, 4.0])
def test_it_takes_as_much_less_time(factor: float) -> None:
    assert len(faster(samples_of(tone(2)), factor)) == int(2 * SAMPLE_RATE / factor)


@pytest.mark.parametrize("factor", [1.1, 2.0, 4.0])
@pytest.mark.parametrize("hertz", [110.0, 440.0, 3_000.0])
def test_the_pitch_stays(factor: float, hertz: float) -> None:
    assert strongest_hz(faster(samples_of(tone(2, hertz)), factor)) == pytest.approx(hertz, abs=4)


@pytest.mark.parametrize("factor", [1.1, 1.7, 2.0])
def test_a_steady_tone_stays_steady(factor: float) -> None:
    made = faster(samples_of(tone(2, 200)), factor)[SAMPLE_RATE // 10 : -SAMPLE_RATE // 10]
    levels = np.abs(made[: len(made) // 240 * 240].reshape(-1, 240)).max(axis=1)
    assert levels.min() > 0.9 * levels.max()


@pytest.mark.parametrize("samples", [silence(0), silence(0.001), silence(0.5)])
def test_silence_stays_silent(samples: Samples) -> None:
    assert not faster(samples, 1.5).any()
