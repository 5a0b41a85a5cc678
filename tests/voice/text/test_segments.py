# ruff: noqa: RUF001 - texts in many scripts are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.text.characters import is_pronounceable
from voice.text.segments import segments


def test_a_text_is_sent_sentence_by_sentence() -> None:
    assert segments("Hello there. How are you?\nFine", 100) == ["Hello there.", "How are you?", "Fine"]


def test_a_long_sentence_is_cut_at_a_clause_mark_in_the_second_half_of_what_fits() -> None:
    text = "Well, when the long day was over, everybody went home (at last) and slept"
    assert segments(text, 40) == ["Well, when the long day was over,", "everybody went home (at last) and slept"]


def test_clause_marks_of_chinese_need_no_space() -> None:
    assert segments("我们今天去公园，然后回家吃饭。", 10) == ["我们今天去公园，", "然后回家吃饭。"]


def test_a_mark_inside_a_number_or_a_word_is_no_place_to_cut() -> None:
    assert segments("about 1,000,000 or 5:30 things", 18) == ["about 1,000,000 or", "5:30 things"]


def test_a_sentence_without_marks_is_cut_between_words() -> None:
    assert segments("one two three four five", 10) == ["one two", "three four", "five"]


def test_a_word_longer_than_a_segment_is_cut_inside() -> None:
    assert segments("abcdefghij", 4) == ["abcd", "efgh", "ij"]


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("abce\u0323\u0304fg", 4, ["abc", "e\u0323\u0304f", "g"]),
        ("कखगक्\u200dष", 5, ["कखग", "क्\u200dष"]),
        ("a\u0300\u0301\u0302b", 2, ["a\u0300", "b"]),
    ],
)
def test_a_letter_is_not_parted_from_its_marks_unless_they_alone_are_too_long(
    text: str, limit: int, pieces: list[str]
) -> None:
    assert segments(text, limit) == pieces


def test_marks_that_would_stand_alone_join_the_piece_before_or_go() -> None:
    assert segments("Hello.\n---", 20) == ["Hello. ---"]
    assert segments("Hello.\n---", 9) == ["Hello."]
    assert segments("... ?!", 20) == []
    assert segments("aaaa!!!!!!!!", 4) == ["aaaa"]


def test_nothing_gives_nothing() -> None:
    assert segments(" \n ", 10) == []


def test_a_segment_holds_at_least_one_character() -> None:
    with pytest.raises(ValueError, match="at least one"):
        segments("Hello", 0)


PIECES = st.sampled_from(
    ["Hello", "a", "é", "e\u0323\u0304", "你好", "3.5", "。", ".", ",", "?", "(", ")", "—", " ", "\n", "\u200d"]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=60).map("".join)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(TEXTS, st.integers(1, 30))
def test_segments_fit_can_be_pronounced_and_keep_every_letter(text: str, limit: int) -> None:
    pieces = segments(text, limit)
    assert all(len(piece) <= limit and is_pronounceable(piece) and piece == piece.strip() for piece in pieces)
    assert letters("".join(pieces)) == letters(text)


@given(
    st.lists(st.from_regex(r"[A-Za-zé]{1,12}[,.;?!]?", fullmatch=True), min_size=1).map(" ".join), st.integers(13, 40)
)
def test_segments_of_words_keep_their_marks_too(text: str, limit: int) -> None:
    assert "".join("".join(segments(text, limit)).split()) == "".join(text.split())


@pytest.mark.parametrize("piece", ["a", "a ", "a, ", "\u0301", "(", "a  "])
def test_a_hundred_thousand_characters_are_cut_to_the_smallest_pieces(piece: str) -> None:
    text = "a" + (piece * 100_000)[:100_000]
    assert letters("".join(segments(text, 1))) == letters(text)
