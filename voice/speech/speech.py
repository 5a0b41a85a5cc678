"""What comes of a request: audio that lies ready, or audio in the making."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from accounts.rates import Rate
from voice.cache.index import Entry
from voice.cache.store import StoredAudio
from voice.domain.speech import SpeechRequest
from voice.speech.broadcast import Broadcast
from voice.speech.inflight import Job, Stored
from voice.speech.relay import Relay
from voice.speech.transmission import Listening

T = TypeVar("T")
AnyJob: TypeAlias = Job[Broadcast] | Job[Relay]


@dataclass(frozen=True, slots=True)
class Found:
    """Audio that was made before."""

    entry: Entry
    audio: StoredAudio

    @property
    def key(self) -> str:
        """Its key in the cache."""
        return self.entry.key

    async def whole(self) -> bytes:
        """All of it at once."""
        return b"".join([piece async for piece in self.audio.read(0, self.audio.size_bytes)])


@dataclass(frozen=True, slots=True)
class Live:
    """Audio in the making, started for this request or for an equal one a moment ago; ``chunks`` are for who asked."""

    key: str
    job: AnyJob
    joined: bool
    chunks: Listening

    @property
    def rate(self) -> Rate | None:
        """How the throttle stands of the account it is made on; None for those who joined, whom it did not concern."""
        return None if self.joined else self.job.rate

    async def found(self) -> Stored | None:
        """Wait until the cache was looked into; what it had.

        Raises:
            SpeechError, AccountError: nothing, and it may not be made.
        """
        return await self._staying_for(self.job.found())

    async def ready(self) -> SpeechRequest:
        """Wait for the first chunk; what is being spoken.

        Raises:
            SpeechError: there will be no audio.
        """
        return await self._staying_for(self.job.broadcast.ready())

    def listen(self) -> Listening:
        """Every chunk from the first on, once, as ``Transmission.listen``."""
        return self.chunks

    async def whole(self) -> bytes:
        """All of it at once, when it is complete.

        Raises:
            SpeechError: it will not be.
        """
        data = b"".join([chunk async for chunk in self.chunks])
        await asyncio.wait({self.job.making})
        self.job.making.result()
        return data

    async def made(self, timeout_s: float | None = None) -> Entry | None:
        """Wait until it is complete; None if that takes longer than ``timeout_s``, where that is given.

        Raises:
            SpeechError: it will not be.
        """
        done, _ = await asyncio.wait({self.job.making}, timeout=timeout_s)
        return self.job.making.result() if done else None

    async def _staying_for(self, told: Awaitable[T]) -> T:
        """What is ``told``; who does not wait for it does not listen either."""
        try:
            return await told
        except BaseException:
            await self.chunks.aclose()
            raise


Speech: TypeAlias = Found | Live
