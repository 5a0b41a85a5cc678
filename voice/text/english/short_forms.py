"""Abbreviations and words written with a slash."""

from __future__ import annotations

import re
from typing import Final

from voice.text.abbreviations import ANYWHERE, BEFORE_NUMBERS, MID_SENTENCE, MONTHS, STREETS, TITLES
from voice.text.english.rules import Rule, one_of, stop_if_last

_STREET: Final = rf"(?P<street>{one_of(STREETS)})\b"
_NAME: Final = r"(?:[A-Z][a-z]+|\d+(?:st|nd|rd|th))"


def _street(match: re.Match[str]) -> str:
    return f"{match['name']} {STREETS[match['street']]}{stop_if_last(match)}"


def _anywhere(match: re.Match[str]) -> str:
    return (ANYWHERE | MONTHS)[match[1]] + stop_if_last(match)


RULES: Final[tuple[Rule, ...]] = (
    # A house number before it, or no name after it, tells a street from a title: "12 Elm Dr.", "on Elm Dr. today".
    (re.compile(rf"\b(?P<name>\d+ (?:[NSEW]\.? )?{_NAME}) {_STREET}\.?"), _street),
    (
        re.compile(rf"\b(?P<name>{_NAME}) {_STREET}(?:\.(?=\s*$|[,;:!?)]|\s+[a-z])|(?=$|[,.;:!?)]))", re.MULTILINE),
        _street,
    ),
    (re.compile(rf"\b({one_of(TITLES)})\.\s?(?=\S)"), lambda match: f"{TITLES[match[1]]} "),
    (re.compile(r"\b(Mrs?|Ms|Dr|St|Prof) (?=[A-Z])"), lambda match: f"{TITLES[match[1]]} "),
    (re.compile(rf"(?<![\w.])({one_of(BEFORE_NUMBERS)})\.\s?(?=\d)"), lambda match: f"{BEFORE_NUMBERS[match[1]]} "),
    (re.compile(rf"(?<![\w.])({one_of(MID_SENTENCE)})\."), lambda match: MID_SENTENCE[match[1]]),
    (re.compile(r"(?<![\w.])(vs|approx)\b"), lambda match: MID_SENTENCE[match[1]]),
    (re.compile(rf"(?<![\w.])({one_of([*ANYWHERE, *MONTHS])})\."), _anywhere),
    (re.compile(r"(?<!\w)w/o\b"), "without"),
    (re.compile(r"(?<!\w)w/\s?"), "with "),
    (re.compile(r"\bb/c\b"), "because"),
    (re.compile(r"\b[Nn]/[Aa]\b"), "not applicable"),
    (re.compile(r"\band/or\b"), "and or"),
)
