"""A synthesis on its way to those who listen: when it begins, when it ends, and waiting for either."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Awaitable
from typing import Protocol

from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest


class Listening(AsyncIterable[bytes], Protocol):
    """Every chunk from the first on, as they come."""

    def aclose(self) -> Awaitable[None]:
        """Leave."""
        ...


class Transmission(ABC):
    """The chunks of one synthesis, from its one producer to any number of listeners on the same event loop.

    It begins when the first chunk decides who speaks, and comes to its end whole or with an error. ``waited_s`` is how
    long it took to begin.
    """

    def __init__(self) -> None:
        self.spoken: SpeechRequest | None = None
        self.waited_s = 0.0
        self._asked_at_s = time.monotonic()
        self._ended = False
        self._error: SpeechError | None = None
        self._waiting: list[asyncio.Future[None]] = []

    def begin(self, spoken: SpeechRequest) -> None:
        """Say what is being spoken: what was asked for, or what a fallback made of it."""
        self.spoken = spoken
        self.waited_s = time.monotonic() - self._asked_at_s

    def end(self, error: SpeechError | None = None) -> None:
        """Come to an end, whole or by ``error``; only the first end counts."""
        if not self._ended:
            self._ended, self._error = True, error
            self._wake()

    @property
    @abstractmethod
    def has_sound(self) -> bool:
        """Whether a chunk was sent."""

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Whether who comes now may still hear all of it."""

    @abstractmethod
    def listen(self) -> Listening:
        """Be a listener from now on: every chunk, the first ones too.

        Raises:
            SpeechError: while it is heard: what was yielded is not the whole.
        """

    async def ready(self) -> SpeechRequest:
        """Wait for the first chunk and tell what is being spoken.

        Raises:
            SpeechError: it ended without one.
        """
        while not self.has_sound and not self._ended:
            await self.news()
        if self._error is not None and not self.has_sound:
            raise self._error
        assert self.spoken is not None  # noqa: S101  # a producer begins before it sends
        return self.spoken

    def is_over(self) -> bool:
        """Whether it has come to its end.

        Raises:
            SpeechError: it has, and not a good one.
        """
        if self._error is not None:
            raise self._error
        return self._ended

    async def news(self) -> None:
        """Wait until something was sent or the end has come."""
        news = asyncio.get_running_loop().create_future()
        self._waiting.append(news)
        await news

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for news in waiting:
            if not news.done():
                news.set_result(None)
