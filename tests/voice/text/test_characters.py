# ruff: noqa: RUF001 - texts in many scripts are what is tested

import sys
import unicodedata

import emoji
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.text.characters import is_pronounceable, normalized, single_spaced, without_pictures


@pytest.mark.parametrize("text", ["word", "7", "你好", "नमस्ते", "مرحبا", "—é—"])
def test_letters_and_digits_of_any_script_can_be_pronounced(text: str) -> None:
    assert is_pronounceable(text)


@pytest.mark.parametrize("text", ["", " ", "...", "_ _", "—", "👍", "$%&", "？！"])
def test_marks_alone_cannot_be_pronounced(text: str) -> None:
    assert not is_pronounceable(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x07c\x7f", "abc"),
        ("a\ud800b\udfff", "ab"),
        ("zero\u200bwidth\ufeff and soft\xadhyphen", "zerowidth and softhyphen"),
        ("\u202eright to left\u202c \u2066isolate\u2069", "right to left isolate"),
        ("private \ue200use\U000f0000", "private use"),
        ("one\r\ntwo\rthree\x0bfour\x85five\u2028six\u2029seven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
        ("cafe\u0301", "café"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_it_leaves_only_characters_that_can_be_spoken(text: str, expected: str) -> None:
    assert normalized(text) == expected


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_normalized_text_is_utf8_in_nfc_and_stays_as_it_is(text: str) -> None:
    once = normalized(text)
    once.encode()
    assert unicodedata.is_normalized("NFC", once)
    assert normalized(once) == once


def test_a_letter_keeps_at_most_thirty_combining_marks() -> None:
    tower = "x" + "\u0315\u0300" * 50_000
    assert len(normalized(tower)) == 31


def test_it_drops_every_emoji_there_is_and_keeps_the_words_apart() -> None:
    assert [picture for picture in emoji.EMOJI_DATA if without_pictures(f"a{picture}b") != "a b"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Great job👍!", "Great job!"),
        ("Great job 👍 👍🏽 !", "Great job!"),
        ("ok👋there", "ok there"),
        ("half a flag \U0001f1e9 and a stray \ufe0f selector", "half a flag  and a stray  selector"),
        ("a\u200db", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_it_drops_pictures_and_keeps_joiners_only_where_they_shape_words(text: str, expected: str) -> None:
    assert without_pictures(text) == expected


def test_a_hundred_thousand_emoji_are_dropped() -> None:
    assert without_pictures("👍" * 100_000) == " "


def test_it_makes_every_space_a_single_plain_one() -> None:
    assert single_spaced("\u00a0 a \t b\u2003c  \n d ") == "a b c \n d"


def test_every_lone_character_is_either_kept_or_dropped_without_an_error() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert is_pronounceable(without_pictures(normalized(everything)))
