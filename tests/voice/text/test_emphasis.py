"""Emphasis that goes on over several sentences leaves no marks in any of them."""

from __future__ import annotations

import pytest

from voice.text.emphasis import without_loose_marks


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        ("**Then we leave.", "Then we leave."),
        ("At once!**", "At once!"),
        ("He said *no.", "He said no."),
        ("Never* again.", "Never again."),
        ("*One* and *two.", "*One* and two."),
        ("one* and *two*.", "one and *two*."),
        ("(_aside.", "(aside."),
        ("~~gone.", "gone."),
        ("**bold** and *it.", "**bold** and it."),
    ],
)
def test_a_mark_without_its_other_half_goes(cut: str, said: str) -> None:
    assert without_loose_marks(cut) == said


@pytest.mark.parametrize(
    "sentence", ["* item", "2 * 3 = 6.", "a snake_case name", "**both** of *them*", "_x_", "5 * 4 ** 2", "***", "_"]
)
def test_all_others_stay(sentence: str) -> None:
    assert without_loose_marks(sentence) == sentence
