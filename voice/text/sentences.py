"""Cutting a text into sentences while it is still arriving."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from voice.text.abbreviations import MAYBE_LAST, NEVER_LAST
from voice.text.characters import is_pronounceable

_FULL_STOPS: Final = "。！？｡।॥۔؟።။។"  # noqa: RUF001 - they end a sentence in Chinese, Hindi, Urdu, Amharic …
_STOPS: Final = ".!?…"
_CLOSING: Final = "\"'”’»›“‘«‹)]}*_」』）】》〉｣"  # noqa: RUF001 - typographic and Chinese marks are meant
_OPENING_AFTER_SPACE: Final = frozenset("\"'“‘«‹*_")  # noqa: RUF001 - quotes are meant

_RUN: Final = re.compile(
    r"(?P<newline>\n)|(?P<space>[^\S\n]+)"
    rf"|(?P<full_stop>[{_FULL_STOPS}])|(?P<stop>[{_STOPS}])|(?P<closing>[{re.escape(_CLOSING)}])"
    rf"|(?P<letters>[^\s{_FULL_STOPS}{_STOPS}{re.escape(_CLOSING)}]+)"
)

_LONGEST_ABBREVIATION: Final = 16
_LIST_NUMBER: Final = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4})\.")
_INITIALS: Final = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")


class _Place(Enum):
    """Where in a sentence the text so far has arrived."""

    WORDS = auto()
    AFTER_STOP = auto()
    AFTER_STOP_AND_SPACE = auto()
    AFTER_FULL_STOP = auto()


class SentenceSplitter:
    """Takes text as it comes and gives back each sentence once it is certain to have ended.

    That is at a line break, after a full stop that needs no space (Chinese, Hindi, Urdu …), or at the first character
    of what follows ``.``, ``!``, ``?`` or ``…`` and a space. However the text is cut into deltas, the sentences are the
    same; each character is looked at once. Sentences come stripped, and lose nothing but white space at their ends.
    """

    def __init__(self) -> None:
        self._begin()

    def feed(self, delta: str) -> list[str]:
        """Take in more text; the sentences it completes, often none."""
        completed = []
        for run in _RUN.finditer(delta):
            sentence = self._take(run.lastgroup or "", run[0])
            if sentence is not None:
                completed.append(sentence)
        return completed

    def flush(self) -> list[str]:
        """The text has ended: what is left, if anything is, as the last sentence. The splitter is as new afterwards."""
        rest = self._complete()
        return [rest] if rest else []

    def _begin(self) -> None:
        self._runs: list[str] = []
        self._place = _Place.WORDS
        self._words = 0
        self._word = ""
        self._is_pronounceable = False

    def _complete(self) -> str:
        sentence = "".join(self._runs).strip()
        self._begin()
        return sentence

    def _take(self, kind: str, run: str) -> str | None:
        match kind:
            case "newline":
                return self._take_newline()
            case "space":
                return self._take_space(run)
            case "closing" if not self._opens(run):
                self._take_closing(run)
            case "stop" | "full_stop":
                self._take_stop(kind, run)
            case _:
                return self._take_letters(run)
        return None

    def _take_newline(self) -> str | None:
        if self._is_pronounceable:
            return self._complete()
        self._end_word(" " if self._word else "")
        return None

    def _take_space(self, run: str) -> str | None:
        if self._place is _Place.AFTER_FULL_STOP and self._is_pronounceable:
            return self._complete()
        if self._place in (_Place.AFTER_STOP, _Place.AFTER_STOP_AND_SPACE):
            self._place = _Place.AFTER_STOP_AND_SPACE
            self._runs.append(run)
        else:
            self._end_word(run)
        return None

    def _take_closing(self, mark: str) -> None:
        if self._place is _Place.AFTER_STOP_AND_SPACE:
            self._place = _Place.AFTER_STOP
        self._extend_word(mark)

    def _take_stop(self, kind: str, mark: str) -> None:
        if self._place is _Place.AFTER_STOP_AND_SPACE:
            self._word = ""
        if self._place is not _Place.AFTER_FULL_STOP:
            self._place = _Place.AFTER_FULL_STOP if kind == "full_stop" else _Place.AFTER_STOP
        self._extend_word(mark)

    def _take_letters(self, run: str) -> str | None:
        completed = None
        if self._ends_before(run[0]):
            completed = self._complete()
        elif self._place is _Place.AFTER_STOP_AND_SPACE:
            self._word = ""
        self._place = _Place.WORDS
        self._extend_word(run)
        self._is_pronounceable = self._is_pronounceable or is_pronounceable(run)
        return completed

    def _extend_word(self, run: str) -> None:
        self._words += not self._word
        self._word = (self._word + run)[-_LONGEST_ABBREVIATION:]
        self._runs.append(run)

    def _end_word(self, space: str) -> None:
        self._runs.append(space)
        self._word = ""
        self._place = _Place.WORDS

    def _opens(self, mark: str) -> bool:
        return self._place is _Place.AFTER_STOP_AND_SPACE and mark in _OPENING_AFTER_SPACE

    def _ends_before(self, following: str) -> bool:
        """Whether the sentence so far has ended, now that the next visible character is known."""
        if not self._is_pronounceable or self._place in (_Place.WORDS, _Place.AFTER_STOP):
            return False
        if self._place is _Place.AFTER_FULL_STOP:
            return True
        if self._words == 1 and _LIST_NUMBER.fullmatch(self._word):
            return False
        return _ends_on(self._word, following)


def _ends_on(word: str, following: str) -> bool:
    """Whether ``word``, which has a stop at its end, is a sentence's last when ``following`` comes after the space."""
    bare = word.rstrip(_CLOSING)
    if bare != word or bare.endswith(("..", "…")):
        return not following.islower()
    written = bare[:-1].lstrip("([\"'“‘")  # noqa: RUF001 - quotes
    if not bare.endswith(".") or written in ("", "I"):
        return True
    initials = _INITIALS.fullmatch(written)
    if written in NEVER_LAST or (initials and written.isupper()):
        return False
    if written in MAYBE_LAST or (initials and len(written) > 1):
        return not (following.islower() or following.isdigit())
    return True


def split_sentences(text: str) -> list[str]:
    """The sentences of a whole text, in order and stripped."""
    splitter = SentenceSplitter()
    return splitter.feed(text) + splitter.flush()
