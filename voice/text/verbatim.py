"""Whether what was said is what was written, however each of them is spelled."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from voice.text.speakable import speakable

_AND_IN_A_NUMBER: Final = re.compile(r"\b(hundred|thousand|million) and\b")
"""Said or left out as one likes: one hundred (and) five."""


def says_the_same(said: str, written: str) -> bool:
    """Whether the words of ``said``, a transcript, are those of ``written``, in their order and with none besides.

    Case, marks, accents and spaces make no difference, nor whether a number stands in figures or in English words.
    """
    return _letters(said) == _letters(written)


def _letters(text: str) -> str:
    """What is pronounced of ``text``, without spaces: where a word is joined to the next is a matter of spelling."""
    words = _AND_IN_A_NUMBER.sub(r"\1", speakable(text).casefold())
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", words)))
