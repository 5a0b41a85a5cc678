"""One synthesis, heard by many: whoever comes late hears it from the start, whoever leaves changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest


class Broadcast:
    """The chunks of one synthesis, from its one producer to any number of listeners on the same event loop.

    It begins when the first chunk decides who speaks, and comes to its end whole or with an error.
    """

    def __init__(self) -> None:
        self.spoken: SpeechRequest | None = None
        self._chunks: list[bytes] = []
        self._ended = False
        self._error: SpeechError | None = None
        self._waiting: list[asyncio.Future[None]] = []

    def begin(self, spoken: SpeechRequest) -> None:
        """Say what is being spoken: what was asked for, or what a fallback made of it."""
        self.spoken = spoken

    def send(self, chunk: bytes) -> None:
        """Pass a chunk to everybody."""
        if chunk:
            self._chunks.append(chunk)
            self._wake()

    def end(self, error: SpeechError | None = None) -> None:
        """Come to an end, whole or by ``error``; only the first end counts."""
        if not self._ended:
            self._ended, self._error = True, error
            self._wake()

    @property
    def failed(self) -> bool:
        """Whether it has ended with an error."""
        return self._error is not None

    @property
    def data(self) -> bytes:
        """What was sent so far."""
        return b"".join(self._chunks)

    async def ready(self) -> SpeechRequest:
        """Wait for the first chunk and tell what is being spoken.

        Raises:
            SpeechError: it ended without one.
        """
        while not self._chunks and not self._ended:
            await self._news()
        if self._error is not None and not self._chunks:
            raise self._error
        assert self.spoken is not None  # noqa: S101  # a producer begins before it sends
        return self.spoken

    async def listen(self) -> AsyncIterator[bytes]:
        """Yield every chunk, the first ones too.

        Raises:
            SpeechError: what was yielded is not the whole.
        """
        heard = 0
        while True:
            while heard < len(self._chunks):
                heard += 1
                yield self._chunks[heard - 1]
            if self._ended:
                break
            await self._news()
        if self._error is not None:
            raise self._error

    async def _news(self) -> None:
        """Wait until something was sent or the end has come."""
        news = asyncio.get_running_loop().create_future()
        self._waiting.append(news)
        await news

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for news in waiting:
            if not news.done():
                news.set_result(None)
