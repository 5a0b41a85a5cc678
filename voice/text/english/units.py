"""Measures: a number and its unit."""

from __future__ import annotations

import re
from typing import Final

from voice.text.english.number_words import is_one, number
from voice.text.english.rules import APART, DASH, MINUS, NUMBER, Rule, one_of
from voice.text.english.unit_names import PER, UNITS

_SCALES: Final = {"k": "thousand", "K": "thousand", "M": "million", "mn": "million", "B": "billion", "bn": "billion"}


def _measure(match: re.Match[str]) -> str:
    one, many = UNITS[match["unit"]]
    said = number(match["from"])
    if match["to"]:
        said += f" to {number(match['to'])}"
    adjective = match["joint"] == "-"
    unit = one if adjective or (is_one(match["from"]) and not match["to"]) else many
    per = f" per {PER[match['per']]}" if match["per"] else ""
    return f"{'minus ' if match['minus'] else ''}{said} {unit}{per}"


def _scaled(match: re.Match[str]) -> str:
    if match[0] in ("4K", "8K"):  # a screen's size is a name
        return match[0]
    return f"{number(match[1])} {_SCALES[match[2]]}"


RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"μ(?=[msg])"), "µ"),
    (re.compile(rf"{APART}(\d)['′]\s?(\d{{1,2}})(?:[\"″”]|'')"), r"\1 foot \2"),  # noqa: RUF001 - primes
    (re.compile(rf"{APART}(\d+)h\s?(\d+)m(?:in)?\b"), r"\1 h \2 min"),
    (re.compile(rf"{APART}(\d+)h(\d+)\b"), r"\1 h \2 min"),
    (re.compile(rf"{APART}(\d+)m\s?(?=\d+s\b)"), r"\1 min "),
    (re.compile(rf"{APART}({NUMBER})\s[x×]\s(?=\d)"), r"\1 times "),  # noqa: RUF001 - the multiplication sign
    (re.compile(rf"{APART}(\d+)[x×](?=\d)"), lambda match: f"{number(match[1])} by "),  # noqa: RUF001 - the multiplication sign
    (re.compile(rf"{APART}({NUMBER})%{DASH}(?={NUMBER}%)"), r"\1-"),
    (
        re.compile(
            rf"{APART}(?P<minus>{MINUS})?(?P<from>{NUMBER})(?:{DASH}(?P<to>{NUMBER}))?"
            rf"(?P<joint>[\s-]?)(?P<unit>{one_of(UNITS)})(?:/(?P<per>{one_of(PER)}))?(?![\w²³])(?:\.(?= [a-z]|[,;:)]))?"
        ),
        _measure,
    ),
    (re.compile(rf"{APART}(?<!-)({NUMBER})({one_of(_SCALES)})(?!\w)"), _scaled),
)
