"""Which characters are fit to be spoken: no controls, no pictures, one normal form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import emoji

_LINE_BREAK: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_UNSPEAKABLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\xad\u180e\u200b\u2060-\u2065\ufeff"  # soft hyphens and what has no width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff"  # lone surrogates, private use, specials
    "\U000e0000-\U0010ffff]"  # tags, private planes
)

_LONGEST_COMBINING_RUN: Final = 30
"""UAX #15, section 13 (stream-safe text): no word in use comes near it, and normalising is quadratic in it."""

_POSSIBLY_OVERLONG: Final = re.compile(f"[^\x00-\u02ff]{{{_LONGEST_COMBINING_RUN + 1}}}")

_POSSIBLE_EMOJI: Final = re.compile("[©®‼⁉\u2100-\u2bff〰〽㊗㊙\U0001f000-\U0001faff\ufe0f\u20e3]")

_REMAINS_OF_EMOJI: Final = re.compile(
    "[\ufe00-\ufe0f\u20e3\U0001f1e6-\U0001f1ff]"
    # Joiners shape words in Arabic, Indic, Burmese and Khmer script; elsewhere they only ever joined pictures.
    "|(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff])[\u200c\u200d]"
)

_GAP: Final = "\ufffc"
_GAPS: Final = re.compile(f" ?(?:{_GAP} ?)+([,.!?;:…)]?)")
_ODD_SPACES: Final = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_PRONOUNCEABLE: Final = re.compile(r"[^\W_]")


def is_pronounceable(text: str) -> bool:
    """Whether there is a letter or a digit in it, of any script."""
    return _PRONOUNCEABLE.search(text) is not None


def normalized(text: str) -> str:
    """``text`` in NFC, without controls (NUL among them), lone surrogates, zero-width and direction characters.

    Every kind of line break becomes a line feed. Joiners stay: pictures are made of them (see ``without_pictures``).
    """
    text = _UNSPEAKABLE.sub("", _LINE_BREAK.sub("\n", text))
    if text.isascii():
        return text
    if _POSSIBLY_OVERLONG.search(text):
        text = _with_short_combining_runs(text)
    return unicodedata.normalize("NFC", text)


def without_pictures(text: str) -> str:
    """``text`` without emoji and what is left of broken ones; words they stood between stay apart."""
    if text.isascii():
        return text
    if _POSSIBLE_EMOJI.search(text):
        text = _GAPS.sub(lambda gaps: gaps[1] or " ", emoji.replace_emoji(text, _GAP))
    return _REMAINS_OF_EMOJI.sub("", text)


def single_spaced(text: str) -> str:
    """``text`` with one plain space wherever there was any white space but a line break, and none at its ends."""
    return _ODD_SPACES.sub(" ", text).strip()


def _with_short_combining_runs(text: str) -> str:
    kept = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _LONGEST_COMBINING_RUN:
            kept.append(character)
    return "".join(kept)
