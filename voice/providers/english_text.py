"""What the English engines here can say of a text, and the text cut and spelled as they need it.

All of them are told how English sounds by hibari's reading rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from voice.audio.silence import PARAGRAPH_PAUSE_S, pause_after_s
from voice.domain.errors import UnsupportedText
from voice.text.segments import segments
from voice.text.speakable import speakable

MOST_FOREIGN: Final = 0.4
"""The share of letters that may be of a script that is not read: a word or two, not half a text."""

_SHORTEST_LIMIT: Final = 80

_LAST_KNOWN: Final = "\u017f"
"""The rules know accented letters up to here (Latin Extended-A); others are put to them without their accents."""

_LONGEST_WORD: Final = 24
"""Letters of an unknown word that are read; what comes after them would be left out."""

_OVERLONG_WORD: Final = re.compile(rf"([^\W\d_]{{{_LONGEST_WORD}}})(?=[^\W\d_])")
_PHONEME_OVERRIDE: Final = re.compile(r"\](?=\()")


class Utterance(NamedTuple):
    """A sentence, or as much of one as is said at once, and the seconds of pause before it."""

    text: str
    pause_s: float


def refuse_unsayable(text: str) -> None:
    """See that ``text`` can be read aloud as English.

    Raises:
        UnsupportedText: too much of it is in other scripts, or there is no letter or digit in it at all.
    """
    foreign = sum(character.isalpha() and not _is_latin(character) for character in text)
    sayable = sum(_is_latin(character) or character.isdecimal() for character in text)
    if not sayable or foreign > MOST_FOREIGN * (foreign + sayable):
        raise UnsupportedText("This voice reads English only.")


def utterances(text: str, speed: float, longest: int) -> Iterator[Utterance]:
    """``text`` in the pieces it is said in, of ``longest`` characters; fewer at a low ``speed``: they sound longer."""
    limit = max(int(longest * min(speed, 1)), _SHORTEST_LIMIT)
    pause_s = 0.0
    for paragraph in text.splitlines():
        for piece in _pieces(paragraph, limit):
            yield Utterance(_as_the_rules_spell(piece), pause_s)
            pause_s = pause_after_s(piece)
        pause_s = PARAGRAPH_PAUSE_S


def _pieces(paragraph: str, limit: int) -> Iterator[str]:
    """Yield sentences in words, none longer than ``limit``, though figures grow when they are put into words."""
    for sentence in segments(paragraph, limit):
        yield from segments(speakable(sentence), limit)


def _as_the_rules_spell(text: str) -> str:
    """``text`` without what the rules do not know, cannot finish, or would take for phonemes."""
    known = text if text.isascii() else "".join(map(_known, text))
    return _OVERLONG_WORD.sub(r"\1 ", _PHONEME_OVERRIDE.sub("] ", known))


def _known(character: str) -> str:
    if character <= _LAST_KNOWN or not character.isalpha() or not _is_latin(character):
        return character
    return unicodedata.normalize("NFKD", character)[0]


def _is_latin(character: str) -> bool:
    if character.isascii():
        return character.isalpha()
    return character.isalpha() and "LATIN" in unicodedata.name(character, "")
