"""Somebody who dictates over a WebSocket, and what they hear."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.server import AloudServer
from tests.tabs import PATIENCE_S, Tab, tab


@dataclass
class Heard:
    """What came: the events in their order, and each segment's audio, chunk by chunk."""

    events: list[dict[str, Any]] = field(default_factory=list)
    chunks: dict[int, list[bytes]] = field(default_factory=dict)
    finished: set[int] = field(default_factory=set)

    def take(self, frame: str | bytes) -> str:
        """Take in one frame; its type. Chunks must come in order, and none after the last."""
        if isinstance(frame, str):
            self.events.append(json.loads(frame))
            return str(self.events[-1]["type"])
        version, flags, reserved, segment, chunk = struct.unpack(">BBHII", frame[:12])
        assert (version, reserved) == (1, 0)
        assert segment not in self.finished
        chunks = self.chunks.setdefault(segment, [])
        assert chunk == len(chunks)
        chunks.append(frame[12:])
        if flags & 1:
            self.finished.add(segment)
        return "audio"

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The events of this type."""
        return [event for event in self.events if event["type"] == kind]

    @property
    def said(self) -> list[str]:
        """The words of the segments, in their order."""
        return [event["text"] for event in self.of("segment")]

    def audio(self, segment: int) -> bytes:
        """A segment's audio."""
        return b"".join(self.chunks[segment])


class Dictator:
    """A client of ``/ws/speech``."""

    def __init__(self, open_tab: Tab) -> None:
        self.tab = open_tab
        self.heard = Heard()

    async def say(self, kind: str, **more: object) -> None:
        """Send a frame."""
        await self.tab.say({"type": kind, **more})

    async def write(self, *deltas: str) -> None:
        """Send text."""
        for delta in deltas:
            await self.say("text", delta=delta)

    async def hear_until(self, kind: str) -> Heard:
        """Everything so far, once an event of this type has come, or a piece of ``audio``."""
        async with asyncio.timeout(PATIENCE_S):
            while self.heard.take(await self.tab.connection.recv()) != kind:
                pass
        return self.heard


@asynccontextmanager
async def dictator(server: AloudServer, headers: Mapping[str, str]) -> AsyncIterator[Dictator]:
    """Somebody who dictates to ``server``."""
    async with tab(server.url, headers, path="/ws/speech") as opened:
        yield Dictator(opened)
