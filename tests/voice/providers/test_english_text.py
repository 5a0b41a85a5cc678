# ruff: noqa: RUF001 - letters of other scripts are the point
"""What reaches an engine that reads English of a text."""

from __future__ import annotations

import pytest

from voice.audio.silence import CLAUSE_PAUSE_S, PARAGRAPH_PAUSE_S, SENTENCE_PAUSE_S
from voice.providers.english_text import utterances

LONGEST = 250


def texts(text: str, speed: float = 1.0) -> list[str]:
    return [utterance.text for utterance in utterances(text, speed, LONGEST)]


def test_sentences_are_said_one_by_one_with_figures_in_words() -> None:
    assert texts("Dr. Smith paid $3.50. Did he?") == [
        "Doctor Smith paid three dollars and fifty cents.",
        "Did he?",
    ]


def test_the_pause_before_each_depends_on_how_the_last_one_ended() -> None:
    spoken = utterances("Title\n\nOne. Two.\nThree.", 1.0, LONGEST)
    assert [utterance.pause_s for utterance in spoken] == [0, PARAGRAPH_PAUSE_S, SENTENCE_PAUSE_S, PARAGRAPH_PAUSE_S]


def test_a_sentence_too_long_for_the_engine_is_cut_at_a_clause_with_a_short_pause() -> None:
    clause = "and so it went on for quite a while, as it had done on every day before"
    first, *others = utterances(f"{', '.join([clause] * 6)}.", 1.0, LONGEST)
    assert first.text.endswith(",")
    assert others
    assert {other.pause_s for other in others} == {CLAUSE_PAUSE_S}


@pytest.mark.parametrize("text", ["word " * 1_000, "x" * 5_000, "1,234,567 " * 500, "$9.99 " * 800])
@pytest.mark.parametrize("speed", [0.25, 1.0, 4.0])
def test_no_utterance_is_longer_than_the_engine_may_have(text: str, speed: float) -> None:
    assert max(map(len, texts(text, speed))) <= 1.1 * LONGEST


def test_slow_speech_is_cut_shorter_because_it_lasts_longer() -> None:
    text = "word " * 200
    assert max(map(len, texts(text, 0.25))) < max(map(len, texts(text, 1.0))) / 2


def test_a_word_longer_than_the_engine_reads_is_put_to_it_in_parts() -> None:
    (spoken,) = texts("Donaudampfschifffahrtsgesellschaft.")
    assert max(map(len, spoken.split())) <= 25
    assert spoken.replace(" ", "") == "Donaudampfschifffahrtsgesellschaft."


def test_accents_the_engine_does_not_know_are_left_out_and_those_it_knows_are_kept() -> None:
    assert texts("Việt Nam, a café in Łódź.") == ["Viet Nam, a café in Łódź."]


def test_phonemes_in_brackets_cannot_override_the_words() -> None:
    (spoken,) = texts("Say [one](/tˈu/) now.")
    assert "](" not in spoken
