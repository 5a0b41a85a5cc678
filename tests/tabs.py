"""People's open tabs, as far as a WebSocket goes: real ones, to a server in a process of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

PATIENCE_S: Final = 20
"""Nobody waits longer for a frame."""


class Tab:
    """An open WebSocket that speaks JSON."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, frame: object) -> None:
        """Send a frame; a string or bytes as they are."""
        await self.connection.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    async def hear(self) -> dict[str, Any]:
        """The next frame."""
        async with asyncio.timeout(PATIENCE_S):
            heard: dict[str, Any] = json.loads(await self.connection.recv())
            return heard

    async def hear_until(self, kind: str) -> list[dict[str, Any]]:
        """All frames up to one of this type, which is the last of them."""
        heard = [await self.hear()]
        while heard[-1]["type"] != kind:
            heard.append(await self.hear())
        return heard

    async def missed(self, cursor: str = "") -> list[dict[str, Any]]:
        """What was missed since ``cursor``; the last of it is the frame that says it was all."""
        await self.say({"type": "since", "cursor": cursor})
        return await self.hear_until("caught-up")

    async def closed(self) -> tuple[int, str]:
        """With which code and reason the server closes it; what it says before is passed over."""
        async with asyncio.timeout(PATIENCE_S):
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    await self.connection.recv()
        frame = closed.value.rcvd
        assert frame is not None, "the connection broke off"
        return frame.code, frame.reason


@asynccontextmanager
async def tab(
    url: str, headers: Mapping[str, str], *, path: str = "/ws/notifications", origin: str | None = ""
) -> AsyncIterator[Tab]:
    """A tab of the server at ``url``, opened by a page of its own unless another ``origin`` is given, or None."""
    page = url if origin == "" else origin
    async with connect(
        url.replace("http", "ws", 1) + path,
        origin=None if page is None else Origin(page),
        additional_headers=headers,
        compression=None,
    ) as connection:
        yield Tab(connection)
