"""Written English as it is said aloud, for engines that read nothing but words."""

from __future__ import annotations

import re
from typing import Final

from voice.text.addresses import with_short_addresses
from voice.text.english import clock, dates, figures, fractions, money, naming_numbers, short_forms, symbols, units, web
from voice.text.english.rules import Rule, read

_TIDY: Final[tuple[Rule, ...]] = (
    (re.compile(r"[^\S\n]{2,}"), " "),
    (re.compile(r" (?=[,.;:!?…)\]\n])|(?<=[(\[\n]) "), ""),
)

_WORDS: Final[tuple[Rule, ...]] = (*web.RULES, *short_forms.RULES)

_FIGURE: Final = re.compile(r"[\d¼½¾⅐-⅞]")
_FIGURES: Final[tuple[Rule, ...]] = (
    # What has the most figures and marks of its own comes first: a date is no sum, and a version no decimal.
    *dates.RULES,
    *clock.RULES,
    *naming_numbers.RULES,
    *money.RULES,
    *fractions.RULES,
    *units.RULES,
    *figures.RULES,
)

_SIGN: Final = re.compile(r"[^\w\s.,;:!?'\"()…–—-]|[_²³]")  # noqa: RUF001 - an en dash is meant


def speakable(text: str) -> str:
    """``text``, which is English, with money, numbers, dates, times, units, abbreviations and signs in words.

    No figure is left in it. Its lines stay lines; it may be several times as long. Time is linear in its length.
    """
    text = read(with_short_addresses(text), _WORDS)
    if _FIGURE.search(text):
        text = read(text, _FIGURES)
    if _SIGN.search(text):
        text = read(text, symbols.RULES)
    return read(text, _TIDY).strip()
