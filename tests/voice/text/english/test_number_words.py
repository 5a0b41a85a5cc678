# ruff: noqa: RUF001 - figures of other scripts are meant

import pytest

from voice.text.english.number_words import cardinal, digits, fraction, number, ordinal, plural, year, year_or_number


def test_a_cardinal_has_no_commas_to_be_heard_as_pauses() -> None:
    assert cardinal(1_234_567) == "one million two hundred and thirty-four thousand five hundred and sixty-seven"


@pytest.mark.parametrize(("count", "said"), [(1, "first"), (21, "twenty-first"), (1000, "one thousandth")])
def test_an_ordinal_tells_the_place(count: int, said: str) -> None:
    assert ordinal(count) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1066, "ten sixty-six"),
        (1900, "nineteen hundred"),
        (1905, "nineteen oh-five"),
        (2000, "two thousand"),
        (2005, "two thousand and five"),
        (2026, "twenty twenty-six"),
    ],
)
def test_a_year_is_said_in_pairs_of_figures(count: int, said: str) -> None:
    assert year(count) == said


def test_digits_are_said_one_by_one_in_whatever_script_they_are_written() -> None:
    assert digits("4٠5") == "four zero five"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0", "zero"),
        ("1,234.50", "one thousand two hundred and thirty-four point five zero"),
        (
            "123456789",
            "one hundred and twenty-three million four hundred and fifty-six thousand seven hundred and eighty-nine",
        ),
        ("1234567890", "one two three four five six seven eight nine zero"),
        ("007", "zero zero seven"),
        ("0.05", "zero point zero five"),
        ("1,000,000,000,000", "one trillion"),
    ],
)
def test_a_long_run_of_figures_names_and_a_number_counts(written: str, said: str) -> None:
    assert number(written) == said


def test_a_number_as_long_as_a_text_is_said_digit_by_digit() -> None:
    assert number("1" * 100_000) == " ".join(["one"] * 100_000)
    assert number("1" + ",111" * 30_000).startswith("one one one one")


@pytest.mark.parametrize(
    ("written", "said"), [("1999", "nineteen ninety-nine"), ("1000", "one thousand"), ("5", "five")]
)
def test_four_figures_may_be_a_year(written: str, said: str) -> None:
    assert year_or_number(written) == said


def test_number_words_have_plurals() -> None:
    assert [plural("ninety"), plural("hundred")] == ["nineties", "hundreds"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((1, 2), "one half"),
        ((3, 2), "three halves"),
        ((3, 4), "three quarters"),
        ((1, 3), "one third"),
        ((2, 5), "two fifths"),
    ],
)
def test_a_fraction_has_a_name(parts: tuple[int, int], said: str) -> None:
    assert fraction(*parts) == said
