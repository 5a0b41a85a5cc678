import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.text.speakable import speakable


def test_it_reads_the_sentence_everybody_asks_for() -> None:
    assert speakable("Dr. Smith paid $3.50 on Jan. 5th, 2026") == (
        "Doctor Smith paid three dollars and fifty cents on January fifth, twenty twenty-six"
    )


def test_it_reads_a_paragraph_of_everything() -> None:
    written = (
        "At 9:30 a.m. on 11/21/2026, Mrs. Lee (ann.lee@example.com) bought approx. 3.5 kg of No. 2 apples & 1/2 a "
        "melon for £7.05, i.e. 15% less than in 1999.\nThat's ~$9!"
    )
    assert speakable(written) == (
        "At nine thirty AM on November twenty-first, twenty twenty-six, Missus Lee (ann dot lee at example dot com) "
        "bought approximately three point five kilograms of number two apples and one half a melon for seven pounds "
        "and five pence, that is fifteen percent less than in nineteen ninety-nine.\nThat's about nine dollars!"
    )


def test_lines_stay_lines() -> None:
    assert speakable("1. One \n2. Two") == "one. One\ntwo. Two"


WORDS = [
    "am",
    "p.m.",
    "Jan.",
    "May",
    "Dr.",
    "Elm",
    "St.",
    "No.",
    "etc. ",
    "e.g.",
    "th",
    "st",
    "v",
    "in",
    "the",
    "people",
]
FIGURES = ["1", "23", "1,234", "2026", "05", ".5", "1/2", "½", "²", "km", "s", "x", "example.com", "a@b.c", "é", "你好"]
PIECES = st.sampled_from([*WORDS, *FIGURES, *"$£€%°:-/.,;()+=#@&~^*_<>'\""])
TEXTS = st.lists(PIECES | st.just(" ") | st.just("\n") | st.text(max_size=3), max_size=30).map("".join)


@given(TEXTS)
def test_no_figure_is_left_and_no_line_is_added(text: str) -> None:
    said = speakable(text)
    assert not any(character.isdecimal() for character in said)
    assert said.count("\n") <= text.count("\n")
    assert "  " not in said


@given(st.lists(st.from_regex(r"[b-z]{8,12}", fullmatch=True), min_size=1).map(" ".join))  # none is short for another
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert speakable(f"{words}.") == f"{words}."


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1.", "1-", "1/", "1:", "$1", "1 ", "a", "a.", "a@", "555-", "Jan 1 ", "Dr. ", " ", "1e"]
)
def test_a_hundred_thousand_characters_are_read_to_the_end(piece: str) -> None:
    said = speakable((piece * 100_000)[:100_000])
    assert not any(character.isdecimal() for character in said)
