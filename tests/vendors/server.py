"""Every vendor on one loopback server, each under a path of its own, misbehaving when told to.

It runs in a test's own event loop, or alone: ``python -m tests.vendors PORT``. From outside, ``PUT
/misbehave/<vendor>/<name>`` and ``DELETE /misbehave/<vendor>`` command it, and ``GET /`` says what can be commanded.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

from aiohttp import web

from tests.vendors import azure, coqui, elevenlabs, google, kokoro, openai, openai_realtime, piper, playht, polly
from tests.vendors.mischief import MISCHIEF, refused
from tests.vendors.pace import Pace
from tests.vendors.wire import Answer, Heard, Listed, Refusal, Scene, Wire

_VENDORS: Final = (openai, openai_realtime, elevenlabs, azure, google, polly, playht, kokoro, piper, coqui)
WIRES: Final = {wire.name: wire for wire in [*(vendor.WIRE for vendor in _VENDORS), google.TOKEN_WIRE]}


@dataclass
class FakeVendors(Pace):
    """The vendors. ``heard`` is every request so far; ``hung_up`` counts the callers who left before the end.

    ``most_at_once`` is how many answers were under way at the busiest moment. With a ``recording`` that is what they
    all say, in the format it is in.
    """

    heard: list[Heard] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    hung_up: int = 0
    left: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    url: str = ""
    recording: bytes = b""
    mischief: dict[str, str] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="fake-vendors-")
        self._runner = web.AppRunner(self.application(), shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hold.set()
        await self._runner.cleanup()
        self._folder.cleanup()

    @property
    def folder(self) -> Path:
        """Where files lie that belong to the fake, for as long as it runs."""
        return Path(self._folder.name)

    def misbehave(self, vendor: str, name: str, times: int = 0) -> None:
        """Let ``vendor`` do ``name`` (one of ``MISCHIEF``) from now on, or at its next ``times`` calls only.

        Raises:
            KeyError: there is no such vendor or no such misbehaviour.
        """
        if name not in known_mischief()[vendor]:
            raise KeyError(name)
        self.mischief[vendor] = name
        self.times[vendor] = times

    def behave(self, vendor: str) -> None:
        """Let ``vendor`` speak again."""
        self.mischief.pop(vendor, None)

    def application(self) -> web.Application:
        """Their addresses."""
        app = web.Application()
        for wire in WIRES.values():
            _route(app, wire.speech, partial(self._speech, wire))
            for address, listed in wire.lists.items():
                _route(app, address, partial(self._list, wire, listed))
        app.router.add_get("/", self._index)
        app.router.add_put("/misbehave/{vendor}/{name}", self._told_to_misbehave)
        app.router.add_delete("/misbehave/{vendor}", self._told_to_behave)
        return app

    async def _speech(self, wire: Wire, request: web.Request) -> web.StreamResponse:
        return await self._answer(wire, request, partial(self._said, wire))

    def _said(self, wire: Wire, heard: Heard) -> Answer:
        meant = wire.speak(heard, self.seconds)
        return replace(meant, data=self.recording) if self.recording else meant

    async def _list(self, wire: Wire, listed: Listed, request: web.Request) -> web.StreamResponse:
        return await self._answer(wire, request, lambda heard: _as_json(listed(heard)))

    async def _answer(self, wire: Wire, request: web.Request, answer: Callable[[Heard], Answer]) -> web.StreamResponse:
        """What ``wire``'s vendor has to say to the request, unless it is told to misbehave."""
        heard = await Heard.of(wire.name, request)
        self.heard.append(heard)
        meant = _meant(wire, heard, answer)
        if isinstance(meant, Refusal):
            return refused(meant)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self._give(wire, Scene(request, heard, meant, lambda status: _refusal(wire, heard, status)))
        except (ConnectionResetError, asyncio.CancelledError):
            self.hung_up += 1
            self.left.set()
            raise
        finally:
            self.at_once -= 1

    async def _give(self, wire: Wire, scene: Scene) -> web.StreamResponse:
        mischief = scene.answer.mischief or self._mischief_of(wire.name)
        if wire.converse and mischief in ("", *wire.mischief):
            return await wire.converse(scene, self, mischief)
        if mischief:
            return await MISCHIEF[mischief](scene)
        return await self._stream(scene)

    def _mischief_of(self, vendor: str) -> str:
        mischief = self.mischief.get(vendor, "")
        if self.times.get(vendor):
            self.times[vendor] -= 1
            if not self.times[vendor]:
                self.behave(vendor)
        return mischief

    async def _stream(self, scene: Scene) -> web.StreamResponse:
        headers = {"Content-Type": scene.answer.content_type, **scene.answer.headers}
        response = web.StreamResponse(headers=headers)
        await response.prepare(scene.request)
        async for piece in self.pieces(scene.answer.data):
            await response.write(piece)
        await response.write_eof()
        return response

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"misbehave": known_mischief(), "now": self.mischief})

    async def _told_to_misbehave(self, request: web.Request) -> web.StreamResponse:
        try:
            self.misbehave(request.match_info["vendor"], request.match_info["name"])
        except KeyError:
            return web.json_response({"misbehave": known_mischief()}, status=404)
        return web.Response(status=204)

    async def _told_to_behave(self, request: web.Request) -> web.StreamResponse:
        self.behave(request.match_info["vendor"])
        return web.Response(status=204)


def known_mischief() -> dict[str, list[str]]:
    """What each vendor can be told to do."""
    return {name: list(dict.fromkeys([*MISCHIEF, *wire.mischief])) for name, wire in WIRES.items()}


def _meant(wire: Wire, heard: Heard, answer: Callable[[Heard], Answer]) -> Answer | Refusal:
    """What ``wire``'s vendor answers to a request that may lack the key, or make no sense."""
    if not wire.allows(heard):
        return _refusal(wire, heard, 401)
    try:
        return answer(heard)
    except (KeyError, ValueError, StopIteration, TypeError, SyntaxError):  # the last is ElementTree's
        return _refusal(wire, heard, 400)


def _refusal(wire: Wire, heard: Heard, status: int) -> Refusal:
    """A refusal that repeats everything, so that nothing of it may be passed on or logged."""
    return wire.refuse(status, f"No: {heard.body} {dict(heard.query)} {dict(heard.headers)}")


def _route(app: web.Application, address: str, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
    method, path = address.split()
    app.router.add_route(method, path, handler)


def _as_json(listed: Any) -> Answer:
    return Answer("application/json", json.dumps(listed).encode())
