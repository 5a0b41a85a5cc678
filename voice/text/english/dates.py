"""Days, months and decades."""

from __future__ import annotations

import re
from typing import Final

from voice.text.abbreviations import MONTHS, WEEKDAYS
from voice.text.english.number_words import cardinal, ordinal, plural, year
from voice.text.english.rules import APART, DASH, Rule, one_of, stop_if_last

_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH: Final = rf"(?P<month>{one_of({*MONTHS, *_NAMES})})\b\.?"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS: Final = rf"(?P<first>{_DAY})(?:{DASH}(?P<last>{_DAY}))?(?![\w:%])(?!\.\d)"
_YEAR: Final = r"(?P<year>\d{4})(?![\w%])(?!\.\d)"
_CENTURY_TURNS: Final = 50


def _after(*cues: str) -> str:
    """A pattern for standing after one of ``cues``."""
    return "(?:" + "|".join(rf"(?<=\b{cue}[ -])" for cue in cues) + ")"


def _day(number: int) -> str | None:
    return ordinal(number) if 1 <= number <= 31 else None  # noqa: PLR2004 - days of a month


def _date(year_number: int, month: int, day: int) -> str | None:
    said_day = _day(day)
    if said_day is None or not 1 <= month <= len(_NAMES):
        return None
    return f"{_NAMES[month - 1]} {said_day}, {year(year_number)}"


def _iso(match: re.Match[str]) -> str:
    said = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    if said is None:
        return match[0]
    zone = " UTC" if match["zone"] else ""
    return f"{said}, {match['time']}{zone}" if match["time"] else said


def _slashed(match: re.Match[str]) -> str:
    """Month first as in America, unless there is no such month."""
    first, second = int(match["first"]), int(match["second"])
    month, day = (first, second) if first <= len(_NAMES) else (second, first)
    return _date(_full_year(match["year"]), month, day) or match[0]


def _without_year(match: re.Match[str]) -> str:
    month, day = int(match[1]), _day(int(match[2]))
    return f"{_NAMES[month - 1]} {day}" if day and 1 <= month <= len(_NAMES) else match[0]


def _dotted(match: re.Match[str]) -> str:
    return _date(int(match["year"]), int(match["second"]), int(match["first"])) or match[0]


def _full_year(written: str) -> int:
    if len(written) > 2:  # noqa: PLR2004 - both figures of a century are there
        return int(written)
    return int(written) + (1900 if int(written) >= _CENTURY_TURNS else 2000)


def _days(match: re.Match[str]) -> str | None:
    """The day of the match as it is said, or both days of a range."""
    written = [day.rstrip("stndrh") for day in (match["first"], match["last"]) if day]
    said = [day for day in map(_day, map(int, written)) if day]
    return " to ".join(said) if len(said) == len(written) else None


def _month(match: re.Match[str]) -> str:
    return MONTHS.get(match["month"], match["month"])


def _comma_and_year(match: re.Match[str]) -> str:
    return f", {year(int(match['year']))}" if match["year"] else stop_if_last(match)


def _month_first(match: re.Match[str]) -> str:
    days = _days(match)
    return f"{_month(match)} {days}{_comma_and_year(match)}" if days else match[0]


def _day_first(match: re.Match[str]) -> str:
    days = _days(match)
    return f"{match['the'] or 'the '}{days} of {_month(match)}{_comma_and_year(match)}" if days else match[0]


def _decade(match: re.Match[str]) -> str:
    written = match[1]
    return plural(cardinal(int(written)) if len(written) == 2 else year(int(written)))  # noqa: PLR2004 - the nineties


RULES: Final[tuple[Rule, ...]] = (
    (
        re.compile(
            rf"{APART}(?P<year>\d{{4}})(?P<mark>[-/])(?P<month>\d{{2}})(?P=mark)(?P<day>\d{{2}})"
            r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?P<zone>Z)?)?(?![\w/-])"
        ),
        _iso,
    ),
    (
        re.compile(rf"{APART}(?<!/)(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<year>\d{{4}}|\d{{2}})(?![\w/])"),
        _slashed,
    ),
    (
        re.compile(
            rf"{_after('on', 'by', 'until', 'before', 'after', 'since', 'due')}(\d{{1,2}})/(\d{{1,2}})(?![\w/])"
        ),
        _without_year,
    ),
    (re.compile(rf"{APART}(?P<first>\d{{1,2}})\.(?P<second>\d{{1,2}})\.(?P<year>\d{{4}})(?![\w.])"), _dotted),
    (re.compile(rf"\b({one_of(WEEKDAYS)})\b\.?(?=,? (?:{one_of({*MONTHS, *_NAMES})}|\d))"), lambda m: WEEKDAYS[m[1]]),
    (re.compile(rf"\b{_MONTH} {_DAYS}(?:,? {_YEAR})?"), _month_first),
    (re.compile(rf"(?P<the>\b[Tt]he )?{APART}{_DAYS} (?:of )?{_MONTH}(?:,? {_YEAR})?"), _day_first),
    (re.compile(rf"\b{_MONTH},? {_YEAR}"), lambda m: f"{_month(m)} {year(int(m['year']))}"),
    (re.compile(rf"{APART}(1[1-9]\d0|20\d0)['’]?s\b"), _decade),  # noqa: RUF001 - an apostrophe
    (re.compile(r"['’‘]([2-9]0)s\b"), _decade),  # noqa: RUF001 - apostrophes
    (re.compile(rf"{APART}([2-9]0)['’]s\b"), _decade),  # noqa: RUF001 - an apostrophe
    # A word before them tells the 80s from 80 seconds, and a day from a fraction.
    (
        re.compile(
            rf"{_after('the', 'early', 'late', 'mid', 'his', 'her', 'their', 'my', 'our', 'your')}([2-9]0)s\b",
            re.IGNORECASE,
        ),
        _decade,
    ),
)
