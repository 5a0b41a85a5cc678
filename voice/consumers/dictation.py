"""What a client dictates, as what is to be said in turn: sentences, each begun while the one before it is heard."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from django.conf import settings

from accounts.account import Account
from voice.consumers.closing import Closing, Code
from voice.domain.errors import NothingToSay
from voice.domain.speech import SpeechRequest
from voice.speech.saying import Saying
from voice.speech.speak import speakable_text
from voice.text.dictated import DictatedText


class Mark(StrEnum):
    """What a client is told between segments."""

    INTERRUPTED = "interrupted"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Segment:
    """What is said at once, the ``index``-th on this socket; ``text`` are its words."""

    index: int
    text: str
    saying: Saying


Turn: TypeAlias = Segment | Mark


class Dictation:
    """Takes text in as fast as it comes, to be said on ``account`` in the ``manner`` of a request.

    ``unheard`` is what was begun and nobody is to hear any longer, until somebody drops it.
    """

    def __init__(self, account: Account, manner: SpeechRequest) -> None:
        self.account = account
        self.manner = manner
        self.unheard: list[Saying] = []
        self._text = DictatedText()
        self._count = 0
        self._waiting: deque[Turn] = deque()
        self._news = asyncio.Event()
        self._is_ahead = True

    def write(self, delta: str) -> None:
        """Take in more text.

        Raises:
            Closing: more of it waits to be said than may.
        """
        self._add(self._text.feed(delta))
        waiting = self._text.waiting + sum(len(segment.text) for segment in self._segments())
        if waiting > settings.TTS_MAX_CHARACTERS:
            limit = settings.TTS_MAX_CHARACTERS
            raise Closing(Code.TOO_BIG, f"At most {limit} characters may wait to be said (TTS_MAX_CHARACTERS).")

    def flush(self) -> None:
        """Say what there is, though its last sentence has not ended."""
        self._add(self._text.flush())

    def end(self) -> None:
        """Say what there is, and that this was all. Another text may follow."""
        self._add(self._text.end())
        self._text = DictatedText()
        self._put(Mark.DONE)

    def interrupt(self) -> None:
        """Say no more of it, and that it was broken off."""
        self.forget()
        self._put(Mark.INTERRUPTED)

    def forget(self) -> None:
        """Say no more of it."""
        self._text = DictatedText()
        self.unheard += [segment.saying for segment in self._segments()]
        self._waiting.clear()

    async def next(self) -> Turn:
        """Wait for what comes next. The one after it is not begun before ``look_ahead``: the first pays first."""
        while not self._waiting:
            self._news.clear()
            await self._news.wait()
        turn = self._waiting.popleft()
        self._is_ahead = isinstance(turn, Mark)
        return turn

    def look_ahead(self) -> None:
        """Begin what is next, now or when it comes."""
        self._is_ahead = True
        if self._waiting and isinstance(following := self._waiting[0], Segment):
            following.saying.prepare()

    def _segments(self) -> list[Segment]:
        return [turn for turn in self._waiting if isinstance(turn, Segment)]

    def _add(self, pieces: Iterable[str]) -> None:
        """Have ``pieces`` said; those without a word are left out."""
        for piece in pieces:
            try:
                words = speakable_text(piece)
            except NothingToSay:
                continue
            self._put(Segment(self._count, words, Saying(self.manner.saying(piece), self.account)))
            self._count += 1

    def _put(self, turn: Turn) -> None:
        self._waiting.append(turn)
        self._news.set()
        if self._is_ahead:
            self.look_ahead()
