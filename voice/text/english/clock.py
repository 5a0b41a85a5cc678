"""Times of day."""

from __future__ import annotations

import re
from typing import Final

from voice.text.english.number_words import cardinal
from voice.text.english.rules import APART, DASH, Rule, stop_if_last

_HALF: Final = r"(?:\s?(?P<half>[AaPp])(?:\.\s?[Mm]\b\.?|[Mm]\b))"
_TIME: Final = r"\d{1,2}(?::\d{2}){0,2}(?:\s?[AaPp](?:\.\s?[Mm]\b\.?|[Mm]\b))?"
_NOON: Final = 12


def _range(match: re.Match[str]) -> str:
    """Two times or hours with a dash between; without a colon or a half of the day they are mere numbers."""
    if not re.search(r"[:AaPp]", match[0]):
        return match[0]
    return f"{match['from']} to {match['to']}"


def _time(match: re.Match[str]) -> str:
    hour, minute, second = int(match["hour"]), int(match["minute"]), (match["second"] or "").lstrip("0")
    if hour > 24 or minute > 59 or int(second or 0) > 59:  # noqa: PLR2004 - a clock's figures
        return match[0]
    said = cardinal(hour) + _minutes(hour, minute, bare=not (match["half"] or second))
    if second:
        said += f" and {cardinal(int(second))} second{'' if int(second) == 1 else 's'}"
    return said + _half(match)


def _minutes(hour: int, minute: int, *, bare: bool) -> str:
    if minute == 0 and bare:
        return " o'clock" if 1 <= hour <= _NOON else " hundred"
    if minute == 0:
        return ""
    return f" oh {cardinal(minute)}" if minute < 10 else f" {cardinal(minute)}"  # noqa: PLR2004 - one figure


def _hour(match: re.Match[str]) -> str:
    return cardinal(int(match["hour"])) + _half(match)


def _half(match: re.Match[str]) -> str:
    """AM or PM in capitals without stops: every engine spells them, and none takes them for a sentence's end."""
    return f" {match['half'].upper()}M{stop_if_last(match)}" if match["half"] else ""


RULES: Final[tuple[Rule, ...]] = (
    (re.compile(rf"{APART}(?<!:)(?P<from>{_TIME}){DASH}(?P<to>{_TIME})(?![\w:-])"), _range),
    (
        re.compile(rf"{APART}(?<!:)(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?(?![\d:]){_HALF}?"),
        _time,
    ),
    (re.compile(rf"{APART}(?P<hour>1[0-2]|0?[1-9]){_HALF}"), _hour),
)
