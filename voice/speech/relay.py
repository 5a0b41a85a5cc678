"""One synthesis, passed on to those who were there when it began: nothing of it stays."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Self

from voice.domain.errors import SynthesisBroken
from voice.speech.transmission import Transmission

AHEAD_BYTES: Final = 256 * 1024
"""How far the voice may be ahead of the slowest listener."""

STALLED_S: Final = 60.0
"""Who has held the voice up for so long, and took nothing, is left behind: a provider has few places for calls."""


class Relay(Transmission):
    """A transmission that holds a chunk until all have heard it: for audio that nobody keeps.

    Who comes after the first chunk has missed it. The producer waits for the slowest listener, and ends with the last.
    """

    def __init__(self, stalled_s: float = STALLED_S) -> None:
        super().__init__()
        self._stalled_s = stalled_s
        self._has_sound = False
        self._listeners: set[Listener] = set()
        self._heard = asyncio.Event()
        self._producing: asyncio.Timeout | None = None

    async def send(self, chunk: bytes) -> None:
        """Pass a chunk to everybody, and wait while somebody has more than AHEAD_BYTES yet to hear."""
        if not chunk:
            return
        self._has_sound = True
        for listener in self._listeners:
            listener.give(chunk)
        self._wake()
        while late := [listener for listener in self._listeners if listener.behind_bytes > AHEAD_BYTES]:
            await self._wait_for(late)

    @property
    def has_sound(self) -> bool:
        """Whether a chunk was sent."""
        return self._has_sound

    @property
    def is_open(self) -> bool:
        """Until it begins: the first chunk is gone when it was heard."""
        return not self._has_sound and not self._ended

    def listen(self) -> Listener:
        """Be a listener from now on; chunks are held for them until they leave."""
        listener = Listener(self)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Hold nothing for ``listener`` any longer. With the last of them it ends."""
        listener.has_left = True
        self._listeners.discard(listener)
        self._heard.set()
        if not self._listeners and not self._ended:
            self.end(SynthesisBroken("Nobody listens any longer."))
            if self._producing is not None:
                self._producing.reschedule(0)

    def heard(self) -> None:
        """Say that a listener has taken a chunk."""
        self._heard.set()

    @asynccontextmanager
    async def while_heard(self) -> AsyncIterator[None]:
        """Run the producer; break it off, and go on behind it, when the last listener leaves."""
        producing = self._producing = asyncio.timeout(0 if self._ended else None)
        try:
            async with producing:
                yield
        except TimeoutError:
            if not producing.expired():
                raise
        finally:
            self._producing = None

    async def _wait_for(self, late: list[Listener]) -> None:
        """Wait until somebody has taken a chunk; who is ``late`` may hold the voice up for STALLED_S."""
        self._heard.clear()
        try:
            async with asyncio.timeout(self._stalled_s):
                await self._heard.wait()
        except TimeoutError:
            for listener in late:
                self.leave(listener)


class Listener:
    """One who hears a relay, and what has come for them that they have not taken yet."""

    def __init__(self, relay: Relay) -> None:
        self.behind_bytes = 0
        self.has_left = False
        self._relay = relay
        self._chunks: deque[bytes] = deque()

    def give(self, chunk: bytes) -> None:
        """Hold ``chunk`` until it is asked for."""
        self._chunks.append(chunk)
        self.behind_bytes += len(chunk)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while not self._chunks:
            if self.has_left:
                raise SynthesisBroken("The rest was let go: nobody took it.")
            if self._relay.is_over():
                raise StopAsyncIteration
            await self._relay.news()
        chunk = self._chunks.popleft()
        self.behind_bytes -= len(chunk)
        self._relay.heard()
        return chunk

    async def aclose(self) -> None:
        """Leave."""
        self._relay.leave(self)
