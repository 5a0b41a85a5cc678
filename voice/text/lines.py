"""What a line of Markdown is, as far as its beginning tells."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING: Final = re.compile(r"#{1,6}[ \t]")
_ITEM: Final = re.compile(r">|[-*+][ \t]+[^-*\s]|\d{1,9}[.)][ \t]")
_RULE: Final = re.compile(r"[-*_= \t]*")
_UNDECIDED: Final = re.compile(r"#{1,6}|[-*_=+ \t]*|\d{1,9}[.)]?|`{1,2}|~{1,2}")


class Line(Enum):
    """A kind of line."""

    BLANK = auto()
    """Or a rule: a line of marks alone."""

    PROSE = auto()
    HEADING = auto()
    ITEM = auto()
    """Of a list, or of what is quoted: it does not go on with what was before it."""

    ROW = auto()
    """Of a table."""

    FENCE = auto()
    """Where a block of code begins or ends."""


def line_of(text: str, *, is_whole: bool = True) -> Line | None:
    """The kind of the line ``text``; None where that depends on how a line goes on of which this is the beginning."""
    bare = text.lstrip()
    if not is_whole and _UNDECIDED.fullmatch(bare):
        return None
    if _RULE.fullmatch(bare):
        return Line.BLANK
    if bare.startswith("|"):
        return Line.ROW
    if _FENCE.match(bare):
        return Line.FENCE
    if _HEADING.match(bare):
        return Line.HEADING
    return Line.ITEM if _ITEM.match(bare) else Line.PROSE


def fence_of(line: str) -> str:
    """The marks ``line`` begins with if it is a fence, else nothing."""
    found = _FENCE.match(line)
    return found[1] if found else ""
