"""One loudness for all speech."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio import tone
from voice.audio.loudness import CEILING, DEVIATION_DB, SOFT_FROM, TARGET_DB, level, loudness_db
from voice.audio.pcm import Samples, samples_of, silence

SINE = samples_of(tone(3)) * 4  # of full scale: a mean square of a half, -3 dB


def at(decibels: float) -> Samples:
    """Three seconds of a sine this loud."""
    return SINE * np.float32(10 ** ((decibels + 3.01) / 20))


def test_a_sine_of_full_scale_is_3_db_below_it() -> None:
    assert loudness_db(SINE) == pytest.approx(-3.01, abs=0.05)


def test_pauses_do_not_count() -> None:
    spoken = np.concatenate([at(-20), silence(5), at(-20)])
    assert loudness_db(spoken) == pytest.approx(-20, abs=0.5)


def test_what_is_far_quieter_than_the_rest_does_not_count() -> None:
    assert loudness_db(np.concatenate([at(-20), at(-45)])) == pytest.approx(-20, abs=0.5)


@pytest.mark.parametrize("seconds", [0, 0.01, 1])
def test_silence_is_at_the_bottom(seconds: float) -> None:
    assert loudness_db(silence(seconds)) == -70


@pytest.mark.parametrize("decibels", [-27.0, -25.0, -23.0])
def test_every_sentence_comes_out_as_loud(decibels: float) -> None:
    assert loudness_db(level(at(decibels), usual_gain_db=8)) == pytest.approx(TARGET_DB, abs=0.1)


@pytest.mark.parametrize("decibels", [-60.0, 0.0])
def test_the_gain_stays_near_the_usual_one(decibels: float) -> None:
    change = loudness_db(level(at(decibels - 3), usual_gain_db=8)) - (decibels - 3)
    assert change <= 8 + DEVIATION_DB + 0.1


def test_a_sigh_does_not_become_a_cry() -> None:
    assert loudness_db(level(at(-50), usual_gain_db=8)) == pytest.approx(-50 + 8 + DEVIATION_DB, abs=0.1)


def test_no_peak_clips() -> None:
    spiky = at(-30)
    spiky[::2_000] = 1.0
    levelled = level(spiky, usual_gain_db=8)
    assert SOFT_FROM < np.abs(levelled).max() <= CEILING + 1e-6


def test_what_stays_below_the_peaks_is_only_scaled() -> None:
    levelled = level(at(-25), usual_gain_db=8)
    ratio = levelled[levelled != 0] / at(-25)[levelled != 0]
    assert ratio.std() < 1e-4


def test_it_leaves_what_it_was_given() -> None:
    given = at(-25)
    level(given, usual_gain_db=8)
    assert np.array_equal(given, at(-25))


def test_nothing_stays_nothing() -> None:
    assert level(silence(0), usual_gain_db=8).size == 0
