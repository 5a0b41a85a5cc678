"""A conversation without a name is called after what was said first."""

from __future__ import annotations

import pytest

from voice.calls.titles import LONGEST, UNTITLED, title_of


def test_a_short_text_is_its_own_title_on_one_line() -> None:
    assert title_of("  Which voices\n\tare there? ") == "Which voices are there?"


def test_a_long_text_is_cut_between_words() -> None:
    title = title_of("word " * 40)
    assert title.endswith("word…")
    assert len(title) <= LONGEST + 1


@pytest.mark.parametrize("length", [LONGEST + 1, 500])
def test_a_text_without_spaces_is_cut_all_the_same(length: int) -> None:
    assert title_of("x" * length) == "x" * (LONGEST - 1) + "…"


def test_nothing_leaves_the_title_of_a_new_conversation() -> None:
    assert title_of(" \n") == UNTITLED == "New conversation"
