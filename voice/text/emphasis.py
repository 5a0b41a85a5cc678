"""Marks of emphasis whose other half is in another sentence: they would be read out, or shown."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = ("**", "__", "~~", "*", "_")
_OPENING: Final = {mark: re.compile(rf"(?<![^\s(\[\"'“‘]){re.escape(mark)}(?=[^\s*_~])") for mark in _MARKS}  # noqa: RUF001
_CLOSING: Final = {mark: re.compile(rf"(?<=[^\s*_~]){re.escape(mark)}(?!\w)") for mark in _MARKS}


def without_loose_marks(sentence: str) -> str:
    """``sentence``, cut out of Markdown, without the marks that open what does not end in it, or end what began before.

    Of each kind that is one at most: emphasis is not nested in itself.
    """
    for mark in _MARKS:
        if sentence.count(mark) % 2:
            sentence = _without_loose(sentence, mark)
    return sentence


def _without_loose(sentence: str, mark: str) -> str:
    opening = [found.start() for found in _OPENING[mark].finditer(sentence)]
    closing = [found.start() for found in _CLOSING[mark].finditer(sentence)]
    if opening and (not closing or opening[-1] > closing[-1]):
        at = opening[-1]
    elif closing and (not opening or closing[0] < opening[0]):
        at = closing[0]
    else:
        return sentence
    return sentence[:at] + sentence[at + len(mark) :]
