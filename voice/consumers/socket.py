"""A WebSocket that speaks JSON: frames in, within limits; events out; and a polite end."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import structlog
from django.db import DatabaseError

from accounts.bucket import SECOND_US, Bucket, Taken
from accounts.errors import AccountError
from voice.consumers.closing import Closing, Code, closing_for
from voice.domain.errors import SpeechError

Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]
Frame: TypeAlias = Mapping[str, Any]

LONGEST_REASON: Final = 123
"""Bytes a close frame has room for (RFC 6455, section 5.5)."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a client may send: frames of so many bytes, and so many a minute, at once or spread."""

    frame_bytes: int
    frames_a_minute: int


class Socket:
    """One open WebSocket."""

    def __init__(self, receive: Receive, send: Send, bounds: Bounds) -> None:
        self._receive = receive
        self._send = send
        self._bounds = bounds
        self._bucket = Bucket()

    async def frames(self) -> AsyncIterator[Frame]:
        """What the client sends, until it leaves: JSON objects with a ``type``.

        Raises:
            Closing: it sent something else, or too much.
        """
        while (message := await self._receive())["type"] == "websocket.receive":
            self._check_pace()
            yield self._read(message)

    async def tell(self, event: Mapping[str, Any]) -> None:
        """Send an event."""
        await self._send({"type": "websocket.send", "text": json.dumps(event)})

    async def send_bytes(self, data: bytes) -> None:
        """Send a binary frame."""
        await self._send({"type": "websocket.send", "bytes": data})

    def _check_pace(self) -> None:
        """See that this frame does not come too soon.

        Raises:
            Closing: it does.
        """
        limit, now_us = self._bounds.frames_a_minute, int(time.monotonic() * SECOND_US)
        self._bucket = self._bucket.put_off(limit, now_us)
        if not Taken(limit, self._bucket.full_at_us - now_us).given:
            raise Closing(Code.FLOOD, f"At most {limit} frames a minute.")

    def _read(self, message: Mapping[str, Any]) -> Frame:
        """The frame in an ASGI message.

        Raises:
            Closing: it is none of ours.
        """
        text = message.get("text")
        if text is None:
            raise Closing(Code.MALFORMED, "Send text frames.")
        if len(text) > self._bounds.frame_bytes or len(text.encode()) > self._bounds.frame_bytes:
            raise Closing(Code.TOO_BIG, f"A frame has at most {self._bounds.frame_bytes} bytes.")
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            raise Closing(Code.MALFORMED, "Send JSON.") from None
        if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
            raise Closing(Code.MALFORMED, 'Send JSON objects with a "type".')
        return frame


@asynccontextmanager
async def opened(receive: Receive, send: Send, bounds: Bounds) -> AsyncIterator[Socket]:
    """Accept a WebSocket, and close it with a code when one of our errors ends what is done with it.

    It is accepted before anything is asked: a browser tells its page neither status nor reason of a refused handshake.
    """
    await receive()
    await send({"type": "websocket.accept"})
    ending: Closing | None = None
    try:
        yield Socket(receive, send, bounds)
    except Closing as closing:
        ending = closing
    except (AccountError, SpeechError) as error:
        ending = closing_for(error)
    except DatabaseError as error:
        log.warning("socket_closed", error=type(error).__name__)
        ending = Closing(Code.TRY_AGAIN, "Come again in a moment.")
    except OSError:  # the server's word for a client that hung up while we sent
        return
    if ending is not None:
        with suppress(OSError):
            await send({"type": "websocket.close", "code": ending.code, "reason": _short(ending.reason)})


def _short(reason: str) -> str:
    return reason.encode()[:LONGEST_REASON].decode(errors="ignore")
