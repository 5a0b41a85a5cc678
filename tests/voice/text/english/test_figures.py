# ruff: noqa: RUF001 - dashes and signs as people write them

import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1,234", "one thousand two hundred and thirty-four"),
        ("3.14", "three point one four"),
        (".5", "point five"),
        ("-7 and −7", "minus seven and minus seven"),
        ("x-5", "x-five"),
        ("1. First", "one. First"),
        ("[1]", "[one]"),
        ("٣ and ５", "three and five"),
    ],
)
def test_it_reads_numbers(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [("1st", "first"), ("the 22nd", "the twenty-second"), ("1,000th", "one thousandth"), ("3RD", "third")],
)
def test_it_reads_ordinals(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5-10", "five to ten"),
        ("pages 5 – 10", "pages five to ten"),
        ("1999-2005", "nineteen ninety-nine to two thousand and five"),
        ("2026-27", "twenty twenty-six to twenty-seven"),
        ("100-1500", "one hundred to one thousand five hundred"),
        ("1-2-3", "one-two-three"),
        ("3:1", "three to one"),
    ],
)
def test_it_reads_ranges_and_ratios(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1999 and 2026", "nineteen ninety-nine and twenty twenty-six"),
        ("in 1776", "in seventeen seventy-six"),
        ("the 2024 elections", "the twenty twenty-four elections"),
        ("2026 was good", "twenty twenty-six was good"),
        ("2026 apples", "two thousand and twenty-six apples"),
        ("1500 people", "one thousand five hundred people"),
        ("1,999", "one thousand nine hundred and ninety-nine"),
    ],
)
def test_it_tells_years_from_plain_numbers(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("MP3", "MP three"),
        ("GPT-4o", "GPT-four o"),
        ("COVID-19", "COVID-nineteen"),
        ("H2O", "H two O"),
        ("#1", "number one"),
    ],
)
def test_it_reads_figures_among_letters(written: str, said: str) -> None:
    assert speakable(written) == said
