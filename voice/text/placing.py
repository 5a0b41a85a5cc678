"""The sentences of a text and where in it they stand, with how long each takes to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from voice.text.characters import is_pronounceable
from voice.text.sentences import split_sentences
from voice.text.speakable import speakable

ONSET_LETTERS: Final = 3.0
"""Every sentence takes a little longer than its letters: its last syllable is drawn out."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence, from its first character in the text up to, not including, ``end``."""

    text: str
    start: int
    end: int
    length: float
    """How long it takes to say, in letters: of words, for figures sound longer than they look."""


def placed_sentences(text: str) -> list[Placed]:
    """The sentences of ``text`` that have a sound, in order."""
    placed: list[Placed] = []
    at = 0
    for sentence in split_sentences(text):
        found = _spaced(sentence).search(text, at)
        if found is None:
            continue  # cannot be: the splitter changes nothing but white space
        at = found.end()
        if is_pronounceable(sentence):
            placed.append(Placed(found[0], found.start(), found.end(), _length(sentence)))
    return placed


def _length(sentence: str) -> float:
    return ONSET_LETTERS + sum(map(str.isalnum, speakable(sentence)))


def _spaced(sentence: str) -> re.Pattern[str]:
    """``sentence`` with any white space between its words."""
    return re.compile(r"\s+".join(map(re.escape, sentence.split())))
