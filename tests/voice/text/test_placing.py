"""Sentences are found where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.text.placing import placed_sentences


def test_each_sentence_knows_its_place() -> None:
    text = "Hello there. How are you?\nI paid $3.50 to Dr. Brown.\n- Fine!"
    placed = placed_sentences(text)
    assert [one.text for one in placed] == ["Hello there.", "How are you?", "I paid $3.50 to Dr. Brown.", "- Fine!"]
    assert all(text[one.start : one.end] == one.text for one in placed)


def test_sentences_that_are_alike_have_places_of_their_own() -> None:
    assert [(one.start, one.end) for one in placed_sentences("No. No. No!")] == [(0, 3), (4, 7), (8, 11)]


def test_marks_alone_are_no_sentence() -> None:
    assert placed_sentences("… !") == []


def test_figures_take_as_long_as_their_words() -> None:
    (figure,) = placed_sentences("1,234,567.")
    (words,) = placed_sentences("One million two hundred thirty-four thousand five hundred sixty-seven.")
    assert abs(figure.length - words.length) < 10


@given(st.text(st.sampled_from("aB1 .!?…\n\t“”()。-"), max_size=60))
def test_places_are_in_order_and_hold_what_they_say(text: str) -> None:
    at = 0
    for one in placed_sentences(text):
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        at = one.end
