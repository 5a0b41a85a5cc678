"""Numbers as words."""

from __future__ import annotations

from typing import Final

from num2words import num2words

_LONGEST_PLAIN: Final = 9
_LONGEST_GROUPED: Final = 36
_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PARTS: Final = {2: ("half", "halves"), 4: ("quarter", "quarters")}


def cardinal(number: int) -> str:
    """1234: one thousand two hundred and thirty-four. Without commas: they would be heard as pauses."""
    return str(num2words(number)).replace(",", "")


def ordinal(number: int) -> str:
    """21: twenty-first."""
    return str(num2words(number, to="ordinal")).replace(",", "")


def year(number: int) -> str:
    """1905: nineteen oh-five; 2026: twenty twenty-six; 2005: two thousand and five."""
    return str(num2words(number, to="year")).replace(",", "")


def digits(written: str) -> str:
    """405: four zero five."""
    return " ".join(_DIGITS[int(digit)] for digit in written)


def number(written: str) -> str:
    """A number in figures as it is said: ``1,234.50`` is one thousand … and thirty-four point five zero.

    A long run of figures without commas, or one that begins with zero, names rather than counts: digit by digit.
    """
    whole, _, fraction = written.partition(".")
    figures = whole.replace(",", "")
    longest = _LONGEST_PLAIN if figures == whole else _LONGEST_GROUPED
    named = len(figures) > longest or (len(figures) > 1 and int(figures[0]) == 0)
    said = digits(figures) if named else cardinal(int(figures))
    return f"{said} point {digits(fraction)}" if fraction else said


def is_one(written: str) -> bool:
    """Whether what is counted stands in the singular: ``1``, but neither ``1.0`` nor ``0``."""
    return written == "1"


def year_or_number(written: str) -> str:
    """Four figures from 1100 to 2099 as a year, anything else as a number."""
    if len(written) == 4 and written.isdecimal() and 1100 <= int(written) < 2100:  # noqa: PLR2004 - the years people name
        return year(int(written))
    return number(written)


def plural(word: str) -> str:
    """The plural of a number word: nineties, hundreds."""
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def fraction(numerator: int, denominator: int) -> str:
    """3, 4: three quarters. The denominator is at least two."""
    one = ordinal(denominator)
    part, parts = _PARTS.get(denominator, (one, plural(one)))
    return f"{cardinal(numerator)} {part if numerator == 1 else parts}"
