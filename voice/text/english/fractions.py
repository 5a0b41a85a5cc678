"""Fractions and other pairs of figures with a stroke between."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from voice.text.english.number_words import fraction, number
from voice.text.english.rules import APART, Rule, one_of
from voice.text.english.unit_names import UNITS

_PARTS: Final = frozenset([*range(2, 11), 12, 16, 20, 32, 64, 100])
"""Denominators people say; 12/25 is no fraction to anybody."""


def _with_stroke(match: re.Match[str]) -> str:
    """``½`` as ``1/2``, apart from the number before it."""
    return " " + unicodedata.normalize("NFKD", match[0]).replace("\u2044", "/")


def _fraction(match: re.Match[str]) -> str:
    whole, numerator, denominator = match["whole"] or "", int(match["numerator"]), int(match["denominator"])
    if not 0 < numerator < denominator or denominator not in _PARTS:
        stroke = "out of" if numerator == denominator else "slash"
        return match[0].replace("/", f" {stroke} ")
    said = fraction(numerator, denominator)
    if whole:
        said = f"{number(whole.strip())} and {said.replace('one half', 'a half')}"
    unit = UNITS[match["unit"]][1 if whole else 0] if match["unit"] else ""
    return f"{said} {unit}".rstrip()


RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"[¼½¾⅐-⅞]"), _with_stroke),
    (re.compile(rf"{APART}(?:24/7|50/50|9/11)(?![\w/])"), lambda match: match[0].replace("/", " ")),
    (
        re.compile(
            rf"{APART}(?<!/)(?P<whole>\d{{1,3}} +)?(?P<numerator>\d{{1,4}})/(?P<denominator>\d{{1,4}})(?![\d/]|\.\d)"
            rf"(?:\s?(?P<unit>{one_of(UNITS)}))?(?!\w)"
        ),
        _fraction,
    ),
)
