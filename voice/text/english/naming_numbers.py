"""Numbers that name rather than count: telephone and card numbers, addresses of machines, versions."""

from __future__ import annotations

import re
from typing import Final

from voice.text.english.number_words import digits, number
from voice.text.english.rules import APART, Rule


def _in_groups(match: re.Match[str]) -> str:
    """Figure by figure, with a pause between the groups they are written in."""
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(digits(group) for group in re.findall(r"\d+", match[0]))


def _machine(match: re.Match[str]) -> str:
    said = " dot ".join(number(part) for part in match["parts"].split("."))
    return f"{said} port {number(match['port'])}" if match["port"] else said


def _version(match: re.Match[str]) -> str:
    parts = " point ".join(number(part) for part in match["parts"].split("."))
    return f"{match['said'] or 'version '}{parts}" if match["v"] else parts


RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"(?<![\w+])\+\d{1,3}(?:[ .-]?\(?\d{2,5}\)?){2,5}(?![\w-])"), _in_groups),
    (re.compile(rf"{APART}(?<!-)(?:1-)?(?:\(\d{{3}}\) ?|\d{{3}}[-.])\d{{3}}[-.]\d{{4}}(?![\w-])"), _in_groups),
    # Seven figures are a telephone number unless they end in zero: "500-1000 words" is a range.
    (re.compile(rf"{APART}(?<!-)\d{{3}}-\d{{3}}[1-9](?![\w-])"), _in_groups),
    (re.compile(rf"{APART}(?<!-)\d{{4}}(?:[ -]\d{{4}}){{3}}(?![\w-])"), _in_groups),
    (re.compile(rf"{APART}(?P<parts>\d{{1,3}}(?:\.\d{{1,3}}){{3}})(?![\w.]*\d)(?::(?P<port>\d{{1,5}})\b)?"), _machine),
    (re.compile(rf"(?P<said>\b[Vv]ersion )?{APART}(?P<v>v)(?P<parts>\d+(?:\.\d+)*)(?!\d)"), _version),
    (re.compile(r"\blocalhost:(?=\d)"), "localhost port "),
    (re.compile(rf"{APART}(?P<v>)(?P<parts>\d+(?:\.\d+){{2,}})(?!\d)"), _version),
)
