"""A client lean enough that the server is what is measured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Self, cast

import httptools


@dataclass(slots=True)
class Answer:
    """What came back, and when: seconds since the request was written."""

    status: int = 0
    first_byte_s: float = 0.0
    whole_s: float = 0.0
    pieces: list[bytes] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether it came whole, with something in it."""
        return self.status == HTTPStatus.OK and bool(self.pieces)

    @property
    def body(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces)


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """A request as the wire has it."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Connection(asyncio.Protocol):
    """A connection that stays open; one request at a time."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._answer = Answer()
        self._asked_at = 0.0
        self._answered: asyncio.Future[Answer] | None = None

    @classmethod
    async def to(cls, port: int) -> Self:
        """Connect."""
        _, connection = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return connection

    async def ask(self, asked: bytes) -> Answer:
        """Send a request and wait for all of its answer; of one that breaks off, ``status`` is 0."""
        self._answered = asyncio.get_running_loop().create_future()
        self._answer = Answer()
        self._asked_at = time.perf_counter()
        self._transport.write(asked)
        return await self._answered

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take note of the transport."""
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's is one in all but name

    def data_received(self, data: bytes) -> None:
        """Read what came."""
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature
        """Tell the one who waits."""
        self._finish(0)

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        if not self._answer.pieces:
            self._answer.first_byte_s = time.perf_counter() - self._asked_at
        self._answer.pieces.append(body)

    def on_message_complete(self) -> None:
        """Hand over the answer."""
        self._finish(self._parser.get_status_code())

    def _finish(self, status: int) -> None:
        if self._answered is not None and not self._answered.done():
            self._answer.status = status
            self._answer.whole_s = time.perf_counter() - self._asked_at
            self._answered.set_result(self._answer)
