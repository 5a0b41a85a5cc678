"""A vendor on loopback that speaks OpenAI's wire format, and misbehaves when told to.

What it does is asked for by the model's name: ``tts-1`` speaks; the names in ``MISCHIEF`` do what they say. It runs in
a test's own event loop, or alone: ``python -m tests.vendors.speech PORT``.
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Self

from aiohttp import web

from tests.audio import tone_in
from voice.domain.audio import AudioFormat

CHUNKS: Final = 8
"""How many pieces an answer comes in."""


@dataclass
class Heard:
    """One request as it arrived."""

    body: dict[str, Any]
    key: str


@dataclass
class FakeVendor:
    """The vendor. ``heard`` is every request so far; ``hold`` stops answers after their first chunk until it is set."""

    chunk_delay_s: float = 0.0
    first_delay_s: float = 0.0
    seconds: float = 1.0
    heard: list[Heard] = field(default_factory=list)
    hung_up: int = 0
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def __aenter__(self) -> Self:
        self.hold.set()
        self._runner = web.AppRunner(self.application(), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hold.set()
        await self._runner.cleanup()

    def application(self) -> web.Application:
        """Its one address."""
        app = web.Application()
        app.router.add_post("/v1/audio/speech", self._speech)
        return app

    async def _speech(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.heard.append(Heard(body, request.headers.get("Authorization", "")))
        mischief = MISCHIEF.get(body["model"])
        if mischief is not None:
            return await mischief(request)
        try:
            return await self._spoken(request, AudioFormat(body.get("response_format", "mp3")))
        except (ConnectionResetError, asyncio.CancelledError):
            self.hung_up += 1
            raise

    async def _spoken(self, request: web.Request, audio_format: AudioFormat) -> web.StreamResponse:
        """A tone of ``seconds``, in pieces."""
        data = tone_in(audio_format, self.seconds)
        await asyncio.sleep(self.first_delay_s)
        response = web.StreamResponse(headers={"Content-Type": audio_format.content_type})
        await response.prepare(request)
        for number in range(CHUNKS):
            await response.write(data[len(data) * number // CHUNKS : len(data) * (number + 1) // CHUNKS])
            await self.hold.wait()
            if self.chunk_delay_s:
                await asyncio.sleep(self.chunk_delay_s)
        await response.write_eof()
        return response


def _error(
    status: int, headers: dict[str, str] | None = None
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": {"message": "no", "type": "x", "code": "x"}}, status=status, headers=headers)

    return answer


async def _empty(_request: web.Request) -> web.StreamResponse:
    return web.Response(content_type="audio/mpeg")


async def _html(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>Sorry</html>", content_type="text/html")


async def _garbage(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"this is not audio" * 100, content_type="audio/mpeg")


async def _hang(_request: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


async def _hang_midway(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "audio/mpeg"})
    await response.prepare(request)
    await response.write(tone_in(AudioFormat.MP3, 1.0)[:2000])
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


async def _cut(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "audio/mpeg", "Content-Length": "100000"})
    await response.prepare(request)
    await response.write(tone_in(AudioFormat.MP3, 1.0)[:2000])
    assert request.transport is not None
    request.transport.abort()
    return response


MISCHIEF: Final[dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]]] = {
    "400": _error(400),
    "401": _error(401),
    "429": _error(429, {"Retry-After": "7"}),
    "429-bare": _error(429),
    "500": _error(500),
    "empty": _empty,
    "html": _html,
    "garbage": _garbage,
    "hang": _hang,
    "hang-midway": _hang_midway,
    "cut": _cut,
}


if __name__ == "__main__":
    _asked = ArgumentParser(description=__doc__)
    _asked.add_argument("port", type=int)
    _asked.add_argument("--first-delay", type=float, default=0.0, help="Seconds before the first piece.")
    _asked.add_argument("--chunk-delay", type=float, default=0.0, help="Seconds after each piece.")
    _asked.add_argument("--seconds", type=float, default=1.0, help="Of audio in an answer.")
    _told = _asked.parse_args()
    _alone = FakeVendor(_told.chunk_delay, _told.first_delay, _told.seconds)
    _alone.hold.set()
    web.run_app(_alone.application(), host="127.0.0.1", port=_told.port, print=None)
