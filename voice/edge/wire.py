"""The ASGI messages an answer is made of."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from voice.api.answers import Answer, json_answer
from voice.api.errors import error_body

Message: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]


def new_request_id() -> str:
    """An id nobody can guess."""
    return uuid.uuid4().hex


async def start(send: Send, status: int, headers: Mapping[str, str]) -> None:
    """Send what comes before the body."""
    await send({"type": "http.response.start", "status": status, "headers": raw(headers)})


async def send_answer(send: Send, answer: Answer, request_id: str) -> None:
    """Send all of ``answer``. Should its body break off, so does the connection: the error goes on to the server."""
    await start(send, answer.status, {**answer.headers, "X-Request-Id": request_id})
    if isinstance(answer.body, bytes):
        await send({"type": "http.response.body", "body": answer.body})
        return
    async for chunk in answer.body:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


async def refuse(send: Send, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
    """Send an error."""
    request_id = new_request_id()
    await send_answer(send, json_answer(error_body(request_id, code, message), status, headers), request_id)


def raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI has them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
