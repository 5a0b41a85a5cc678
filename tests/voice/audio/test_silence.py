"""Trimming sentences, and the pauses between them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio import tone
from voice.audio.pcm import samples_of, silence
from voice.audio.silence import CLAUSE_PAUSE_S, LEAD_S, SENTENCE_PAUSE_S, TAIL_S, pause_after_s, trim
from voice.domain.audio import SAMPLE_RATE

SOUND = samples_of(tone(0.5))
FRAME_S = 0.01


def test_only_short_margins_are_left() -> None:
    trimmed = trim(np.concatenate([silence(0.4), SOUND, silence(0.7)]))
    assert len(trimmed) / SAMPLE_RATE == pytest.approx(LEAD_S + 0.5 + TAIL_S, abs=2 * FRAME_S)


def test_sound_without_margins_is_left_whole() -> None:
    assert len(trim(SOUND)) == len(SOUND)


def test_a_pause_within_is_kept() -> None:
    spoken = np.concatenate([SOUND, silence(0.3), SOUND])
    assert len(trim(spoken)) == len(spoken)


def test_a_faint_hiss_around_the_sound_goes_too() -> None:
    hiss = (np.random.default_rng(0).standard_normal(SAMPLE_RATE) * 1e-4).astype(np.float32)
    assert len(trim(np.concatenate([hiss, SOUND, hiss]))) < len(SOUND) + 0.2 * SAMPLE_RATE


def test_it_starts_and_ends_at_zero_so_that_nothing_clicks() -> None:
    trimmed = trim(np.full(SAMPLE_RATE, 0.5, np.float32))
    assert trimmed[0] == trimmed[-1] == 0
    assert trimmed[SAMPLE_RATE // 2] == 0.5


def test_what_it_was_given_stays_as_it_was() -> None:
    given = SOUND.copy()
    trim(given)
    assert np.array_equal(given, SOUND)


@pytest.mark.parametrize("samples", [silence(1), silence(0), silence(0.001)])
def test_silence_becomes_nothing(samples: np.ndarray) -> None:
    assert trim(samples).size == 0


@pytest.mark.parametrize("text", ["One.", "Two!", "Three?", "Four…", 'He said "five."', "(Six.)", "Seven.  "])
def test_a_sentence_is_followed_by_a_sentences_pause(text: str) -> None:
    assert pause_after_s(text) == SENTENCE_PAUSE_S


@pytest.mark.parametrize("text", ["One,", "two;", "three:", "four –", "(five)"])  # noqa: RUF001 - a dash is meant
def test_a_clause_is_followed_by_a_shorter_one(text: str) -> None:
    assert pause_after_s(text) == CLAUSE_PAUSE_S


@pytest.mark.parametrize("text", ["between words", "", "   "])
def test_a_cut_between_words_is_not_heard(text: str) -> None:
    assert pause_after_s(text) == 0
