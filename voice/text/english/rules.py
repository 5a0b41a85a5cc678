"""What a reading rule is, and the pieces patterns are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""A pattern of written text and how it is said: a template, or a function of the match."""

NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""A number in figures: ``5``, ``1,234.50``."""

APART: Final = r"(?<![\w.])(?<!\d,)"
"""Not in the middle of a word or number. Without it a pattern of figures takes quadratic time over a run of them."""

DASH: Final = r"\s?[-–]\s?"  # noqa: RUF001 - an en dash is meant
"""What stands between the ends of a range."""

MINUS: Final = r"[-−]"  # noqa: RUF001 - the minus sign is meant
"""What stands before a negative number."""

_SENTENCE_BEGINS: Final = re.compile(r"\s*\Z|\s*\n|\s+[\"'“‘(]?[A-Z]")  # noqa: RUF001 - quotes are meant


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def read(text: str, rules: Iterable[Rule]) -> str:
    """``text`` with every rule applied, in order."""
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def stop_if_last(match: re.Match[str]) -> str:
    """``.`` when the full stop at the end of ``match`` also ends a sentence, else nothing."""
    ends = match[0].endswith(".") and _SENTENCE_BEGINS.match(match.string, match.end())
    return "." if ends else ""
