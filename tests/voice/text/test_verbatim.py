# ruff: noqa: RUF001 - typographic quotes and dashes are the point
from __future__ import annotations

import pytest

from voice.text.verbatim import says_the_same


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Hello there.", "hello, there!"),
        ("It costs five dollars and ninety-nine cents.", "It costs $5.99."),
        ("It costs $5.99.", "It costs five dollars and ninety nine cents."),
        ("One hundred five people", "105 people"),
        ("One hundred and five people", "105 people"),
        ("The twenty-first of May", "The 21st of May"),
        ("Doctor Smith's e-mail", "Dr. Smith’s email"),
        ("We don’t — really — know", "We don't, really, know..."),
        ("A cafe in Zurich", "A café in Zürich"),
        ("你好世界", "你好，世界！"),
        ("Привет как дела", "Привет, как дела?"),
    ],
)
def test_the_same_words_are_the_same_however_they_are_spelled(said: str, written: str) -> None:
    assert says_the_same(said, written)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Sure! Hello there.", "Hello there."),
        ("Hello there. Anything else?", "Hello there."),
        ("Hello.", "Hello there."),
        ("There hello.", "Hello there."),
        ("Hi there.", "Hello there."),
        ("I'm sorry, I can't read that.", "Read this."),
        ("It costs six dollars.", "It costs $5.99."),
        ("Salt, pepper", "Salt and pepper"),
        ("", "Hello there."),
        ("世界你好", "你好，世界！"),
    ],
)
def test_a_word_more_or_less_or_another_is_told(said: str, written: str) -> None:
    assert not says_the_same(said, written)
