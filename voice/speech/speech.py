"""What comes of a request: audio that lies ready, or audio in the making."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TypeAlias

from voice.cache.index import Entry
from voice.cache.store import StoredAudio
from voice.domain.speech import SpeechRequest
from voice.speech.inflight import Job


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
    """Audio in the making, started for this request or for an equal one a moment ago."""

    key: str
    job: Job
    joined: bool

    async def ready(self) -> SpeechRequest:
        """Wait for the first chunk; what is being spoken.

        Raises:
            SpeechError: there will be no audio.
        """
        return await self.job.broadcast.ready()

    def listen(self) -> AsyncIterator[bytes]:
        """Every chunk from the first on, as ``Broadcast.listen``."""
        return self.job.broadcast.listen()

    async def whole(self) -> bytes:
        """All of it at once, when it is complete.

        Raises:
            SpeechError: it will not be.
        """
        await asyncio.wait({self.job.making})
        self.job.making.result()
        return self.job.broadcast.data

    async def made(self, timeout_s: float) -> Entry | None:
        """Wait until it is complete; None if that takes longer than ``timeout_s``.

        Raises:
            SpeechError: it will not be.
        """
        done, _ = await asyncio.wait({self.job.making}, timeout=timeout_s)
        return self.job.making.result() if done else None


Speech: TypeAlias = Found | Live
