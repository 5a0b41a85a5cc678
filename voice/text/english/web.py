"""Addresses of mail, machines and files: said by their letters' groups and the marks between them."""

from __future__ import annotations

import re
from typing import Final

from voice.text.english.number_words import digits, number
from voice.text.english.rules import Rule

_MARKS: Final = {"@": "at", ".": "dot", "-": "dash", "_": "underscore", "+": "plus"}
_PART: Final = re.compile(r"\d+|[^\W\d_]+|[@.+_-]")
_LONGEST_COUNTED: Final = 2


def _spelled(match: re.Match[str]) -> str:
    return " ".join(map(_said, _PART.findall(match[0])))


def _said(part: str) -> str:
    if part.isdecimal():
        return number(part) if len(part) <= _LONGEST_COUNTED else digits(part)
    return _MARKS.get(part, part)


RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?!\w)"), _spelled),
    # A host or a file: the last part is at least two small letters, the first holds one ("3.5kg" is neither).
    (re.compile(r"(?<![\w.@-])(?=[\d-]*[^\W\d])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\d?(?!\w)"), _spelled),
    (re.compile(r"(?<![\w.])\.(?=[A-Za-z])"), "dot "),
)
