"""The addresses of the WebSocket doors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from voice.consumers.notifications import notifications
from voice.consumers.speech import speech

Consumer: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

CONSUMERS: Final[Mapping[str, Consumer]] = {"/ws/notifications": notifications, "/ws/speech": speech}


async def sockets(scope: Any, receive: Any, send: Any) -> None:
    """Serve one WebSocket; refuse it where there is no such door."""
    consumer = CONSUMERS.get(scope["path"])
    if consumer is None:
        await receive()
        await send({"type": "websocket.close"})  # before it was accepted: the handshake is answered with 403
        return
    await consumer(scope, receive, send)
