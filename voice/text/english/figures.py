"""Everything else that is written in figures, down to the last one."""

from __future__ import annotations

import re
from typing import Final

from voice.text.english import number_words as numbers
from voice.text.english.rules import APART, DASH, MINUS, NUMBER, Rule

_YEAR_FOLLOWS: Final = re.compile(
    r"\b(?:in|since|by|of|from|until|till|during|before|after|around|circa|between|year|early|late|mid|spring|summer|"
    r"autumn|fall|winter|(?P<the>the))\s$",
    re.IGNORECASE,
)
_LONGEST_CUE: Final = 8
_COUNTED: Final = re.compile(
    r"\s(?:(?!(?:is|was|has|does|as|this|its|his|us|plus|versus|minus|equals|always|perhaps)\b)[a-z]+s"
    r"|people|men|women|children|percent)\b"
)
_FIRST_YEAR_WITHOUT_CUE: Final = 1900


def _range(match: re.Match[str]) -> str:
    low, high = match[1], match[2]
    if len(low) == 4 and len(high) == 2:  # noqa: PLR2004 - 2026-27
        return f"{numbers.year_or_number(low)} to {numbers.number(high)}"
    say = numbers.year_or_number if len(low) == len(high) else numbers.number
    return f"{say(low)} to {say(high)}"


def _year(match: re.Match[str]) -> str:
    """1900 to 2099 is a year unless something is counted; earlier ones only after a word that years follow."""
    cue = _YEAR_FOLLOWS.search(match.string, max(0, match.start() - _LONGEST_CUE), match.start())
    counted = _COUNTED.match(match.string, match.end()) and not (cue and cue["the"])
    is_year = not counted and (cue or int(match[0]) >= _FIRST_YEAR_WITHOUT_CUE)
    return numbers.year(int(match[0])) if is_year else numbers.number(match[0])


def _ordinal(match: re.Match[str]) -> str:
    return numbers.ordinal(int(match[1].replace(",", "")))


RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"(?<!\w)#\s?(?=\d)"), "number "),
    (re.compile(rf"{APART}(\d{{1,9}}|\d{{1,3}}(?:,\d{{3}}){{1,5}})(?:st|nd|rd|th)\b", re.IGNORECASE), _ordinal),
    (re.compile(rf"(?<=\d) {MINUS} (?=[\d., +*/×-]{{1,40}}=)"), " minus "),  # noqa: RUF001 - the multiplication sign
    (re.compile(rf"{APART}(?<!-)({NUMBER}){DASH}({NUMBER})(?![\w-])"), _range),
    (re.compile(rf"{APART}(?<!:)(\d+):(\d+)(?![\w:])"), r"\1 to \2"),
    (re.compile(rf"(?<![\w)\]]){MINUS}(?=\.?\d)"), "minus "),
    (re.compile(rf"{APART}(?:1[1-9]\d\d|20\d\d)(?!\w|[.,]\d)"), _year),
    (re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"), " "),
    (re.compile(r"(?<!\w)\.(?=\d)"), "point "),
    (re.compile(NUMBER), lambda match: numbers.number(match[0])),
)
