"""How a voice is made of another."""

from __future__ import annotations

import numpy as np
import pytest

from voice.providers.local_voices import SPEAKER_PITCH_HZ, Spectrum, Timbre

PITCHES = np.array([0, -0.5, SPEAKER_PITCH_HZ / 2, SPEAKER_PITCH_HZ, SPEAKER_PITCH_HZ * 2], np.float32)


def spectrum(peak: int) -> Spectrum:
    made = np.zeros((601, 3), np.float32)
    made[peak] = 1
    return made


def test_the_speaker_herself_is_left_as_she_is() -> None:
    assert np.array_equal(Timbre().stretched(spectrum(100)), spectrum(100))
    assert np.allclose(Timbre().pitched(PITCHES), np.maximum(PITCHES, 0))


def test_pitch_is_a_factor() -> None:
    assert np.allclose(Timbre(pitch=0.8).pitched(PITCHES), np.maximum(PITCHES, 0) * 0.8)


def test_calmer_intonation_moves_less_around_the_speakers_pitch() -> None:
    low, middle, high = Timbre(intonation=0.5).pitched(PITCHES)[2:] / SPEAKER_PITCH_HZ
    assert (low, middle, high) == pytest.approx((0.5**0.5, 1, 2**0.5))


def test_what_has_no_pitch_gets_none() -> None:
    assert not Timbre(pitch=1.2, intonation=0.7).pitched(PITCHES)[:2].any()


@pytest.mark.parametrize(("tract", "peak"), [(0.9, 90), (1.1, 110), (1.5, 150)])
def test_frequencies_move_with_the_tract(tract: float, peak: int) -> None:
    assert abs(int(Timbre(tract=tract).stretched(spectrum(100)).argmax(axis=0)[0]) - peak) <= 1


@pytest.mark.parametrize("tract", [0.5, 2.0])
def test_the_shape_stays(tract: float) -> None:
    assert Timbre(tract=tract).stretched(spectrum(100)).shape == (601, 3)
