from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.text.packing import packed


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert packed("One.\nTwo.  Three.", 17) == ["One.\nTwo.  Three."]


def test_sentences_share_a_piece_as_long_as_they_fit() -> None:
    assert packed("One one. Two two. Three three. Four.", 18) == ["One one. Two two.", "Three three. Four."]


@given(
    st.lists(st.sampled_from(["Yes.", "A longer sentence, with a clause.", "word", "Why?", "\n"])), st.integers(5, 80)
)
def test_no_piece_is_longer_than_it_may_be_and_no_word_is_lost(words: list[str], limit: int) -> None:
    text = " ".join(words)
    pieces = packed(text, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert [letter for letter in "".join(pieces) if letter.isalnum()] == [letter for letter in text if letter.isalnum()]
