"""Cutting a text into what is sent to a provider at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from voice.text.characters import is_pronounceable
from voice.text.sentences import split_sentences

_UP_TO_CLAUSE: Final = re.compile(r".*(?:[,;:)\]–—…](?=\s)|[，、；：])", re.DOTALL)  # noqa: RUF001 - marks of every script
_UP_TO_SPACE: Final = re.compile(r".*(?=\s)", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")
_JOINERS: Final = "\u200c\u200d"


def segments(text: str, max_characters: int) -> list[str]:
    """``text`` sentence by sentence, none longer than ``max_characters``.

    A longer sentence is cut at a clause mark in the second half of what fits, else between words, else inside one.
    Joined they keep every letter and digit in order. Marks that would stand alone join the piece before them, or are
    dropped when they do not fit there: there is nothing to pronounce in them.

    Raises:
        ValueError: ``max_characters`` is less than one.
    """
    if max_characters < 1:
        raise ValueError(f"A segment holds at least one character, not {max_characters}.")
    kept: list[str] = []
    for sentence in split_sentences(text):
        for piece in _pieces(sentence, max_characters):
            if is_pronounceable(piece):
                kept.append(piece)
            elif kept and len(kept[-1]) + 1 + len(piece) <= max_characters:
                kept[-1] = f"{kept[-1]} {piece}"
    return kept


def _pieces(sentence: str, limit: int) -> Iterator[str]:
    start = 0
    while len(sentence) - start > limit:
        window = sentence[start : start + limit + 1]
        length = _length_of_piece(window)
        yield window[:length].rstrip()
        space = _SPACE.match(sentence, start + length)
        start = space.end() if space else start + length
    yield sentence[start:]


def _length_of_piece(window: str) -> int:
    """How much of ``window``, which is one character longer than what fits, makes the next piece."""
    clause = _UP_TO_CLAUSE.match(window)
    if clause and len(window) // 2 <= clause.end() < len(window):
        return clause.end()
    words = _UP_TO_SPACE.match(window)
    if words and words.end():
        return words.end()
    return _length_without_split_letter(window)


def _length_without_split_letter(window: str) -> int:
    limit = len(window) - 1
    length = limit
    while length and _belong_together(window[length - 1], window[length]):
        length -= 1
    return length or limit


def _belong_together(before: str, after: str) -> bool:
    """Whether two characters are seen as one: a letter and its marks, or what a joiner joins."""
    return unicodedata.category(after).startswith("M") or before in _JOINERS or after in _JOINERS
