"""What a server costs that does nothing but send: the reference for everything Aloud does besides."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import aiohttp


async def application(scope: Any, receive: Any, send: Any) -> None:
    """``/<size>`` sends as many bytes from memory; ``/tts`` passes on what the vendor says."""
    if scope["path"] == "/tts":
        await _pass_on(receive, send)
        return
    body = _bytes(int(scope["path"][1:]))
    headers = [(b"content-type", b"audio/mpeg"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _pass_on(receive: Any, send: Any) -> None:
    asked = await receive()
    async with _session().post(f"{os.environ['VENDOR_URL']}/v1/audio/speech", data=asked["body"]) as answer:
        headers = [(b"content-type", answer.content_type.encode())]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        async for chunk in answer.content.iter_any():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


@cache
def _bytes(size: int) -> bytes:
    return bytes(size)


@cache
def _session() -> aiohttp.ClientSession:
    """One for all, without a limit on connections."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
