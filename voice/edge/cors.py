"""Pages of other sites: those an operator named may use the API, with a key in hand (docs/embedding.md).

No cookie counts for them: what a page of another site asks for is never asked for in the name of who is signed in here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from voice.edge.wire import App, Message, Send

_DOOR: Final = "/tts"

_PREFLIGHT: Final = [
    (b"access-control-allow-methods", b"GET, HEAD, POST"),
    (b"access-control-allow-headers", b"Authorization, Cache-Control, Content-Type, Range"),
    (b"access-control-max-age", b"600"),
]
_READABLE: Final = (
    b"Accept-Ranges, Content-Range, ETag, Retry-After, X-Cache, X-RateLimit-Limit, X-RateLimit-Remaining, "
    b"X-RateLimit-Reset, X-Request-Id, X-Voice"
)
_BY_ORIGIN: Final = (b"vary", b"Origin")


class CrossOrigin:
    """An ASGI application that tells browsers which ``origins`` may read what ``app`` answers on speech."""

    def __init__(self, app: App, origins: Iterable[str]) -> None:
        self._app = app
        self._origins = frozenset(origin.encode("latin-1") for origin in origins)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not _is_speech(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        origin = headers.get(b"origin")
        if origin not in self._origins:
            await self._app(scope, receive, _with(send, [_BY_ORIGIN]))
            return
        named = [(b"access-control-allow-origin", origin), _BY_ORIGIN]
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            await send({"type": "http.response.start", "status": 204, "headers": [*named, *_PREFLIGHT]})
            await send({"type": "http.response.body"})
            return
        await self._app(scope, receive, _with(send, [*named, (b"access-control-expose-headers", _READABLE)]))


def _is_speech(path: str) -> bool:
    return path == _DOOR or path.startswith(f"{_DOOR}/")


def _with(send: Send, headers: list[tuple[bytes, bytes]]) -> Send:
    """``send``, with more headers."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *headers]}
        await send(message)

    return sending
