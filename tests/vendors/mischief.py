"""How any of the vendors can misbehave over HTTP: one small function for each thing that happens to people."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, NoReturn

from aiohttp import web

from tests.vendors.pace import cut_up
from tests.vendors.wire import Refusal, Scene

DRIPS: Final = 20
DRIP_S: Final = 0.02


Mischief = Callable[[Scene], Awaitable[web.StreamResponse]]


def refused(refusal: Refusal, **headers: str) -> web.Response:
    """``refusal`` as a response."""
    return web.Response(
        status=refusal.status,
        text=refusal.body,
        content_type=refusal.content_type,
        headers={**refusal.headers, **headers},
    )


def _refuses(status: int, wait: str = "") -> Mischief:
    async def misbehave(scene: Scene) -> web.StreamResponse:
        return refused(scene.refuse(status), **({"Retry-After": wait} if wait else {}))

    return misbehave


def _says(content_type: str, data: bytes) -> Mischief:
    async def misbehave(_scene: Scene) -> web.StreamResponse:
        return web.Response(body=data, content_type=content_type)

    return misbehave


async def _redirect(scene: Scene) -> web.StreamResponse:
    """To where it was just asked; who follows comes again."""
    return web.Response(status=307, headers={"Location": str(scene.request.url)})


async def _empty(scene: Scene) -> web.StreamResponse:
    """All is well, and there is nothing."""
    return web.Response(headers={"Content-Type": scene.answer.content_type})


async def _garbage(scene: Scene) -> web.StreamResponse:
    """It says that it is audio."""
    return web.Response(body=b"this is not audio" * 100, headers={"Content-Type": scene.answer.content_type})


async def _hang(_scene: Scene) -> NoReturn:
    """Not even a status."""
    await _for_ever()


async def _hang_midway(scene: Scene) -> NoReturn:
    """Half of it, and the connection stays open."""
    await _begin(scene)
    await _for_ever()


async def _cut(scene: Scene) -> web.StreamResponse:
    """Half of what was announced, and the connection breaks."""
    response = await _begin(scene, {"Content-Length": str(len(scene.answer.data))})
    _transport(scene).abort()
    return response


async def _cut_chunked(scene: Scene) -> web.StreamResponse:
    """Half of a stream without a length, and the connection closes where its end is not said."""
    response = await _begin(scene)
    _transport(scene).close()
    return response


async def _drip(scene: Scene) -> web.StreamResponse:
    """All of it, slowly."""
    response = web.StreamResponse(headers={"Content-Type": scene.answer.content_type, **scene.answer.headers})
    await response.prepare(scene.request)
    for piece in cut_up(scene.answer.data, DRIPS):
        await response.write(piece)
        await asyncio.sleep(DRIP_S)
    await response.write_eof()
    return response


async def _begin(scene: Scene, headers: dict[str, str] | None = None) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": scene.answer.content_type, **(headers or {})})
    await response.prepare(scene.request)
    await response.write(scene.answer.data[: len(scene.answer.data) // 2])
    return response


async def _for_ever() -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


def _transport(scene: Scene) -> asyncio.Transport:
    transport = scene.request.transport
    assert isinstance(transport, asyncio.Transport)
    return transport


MISCHIEF: Final[dict[str, Mischief]] = {
    **{str(status): _refuses(status) for status in (400, 401, 402, 403, 404, 413, 500, 503)},
    "429": _refuses(429, wait="7"),
    "429-bare": _refuses(429),
    "redirect": _redirect,
    "hang": _hang,
    "hang-midway": _hang_midway,
    "cut": _cut,
    "cut-chunked": _cut_chunked,
    "empty": _empty,
    "html": _says("text/html", b"<html>Sorry</html>"),
    "wrong-type": _says("image/png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "garbage": _garbage,
    "drip": _drip,
}
