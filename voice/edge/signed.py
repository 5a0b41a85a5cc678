"""Signed audio: the address says what it is and that it may be heard.

No session, no database, no framework: an HMAC, a file or a piece of memory, a range (docs/performance.md). What is not
stored yet but being made in this process is streamed as it comes.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs

from django.conf import settings

from accounts.errors import AccountError
from voice.api.answers import Answer
from voice.api.audio import LIVE_HEADERS, etag_of
from voice.api.ranges import Asked, Part, part_for
from voice.cache.signing import PREFIX, signed_url, token_allows
from voice.cache.store import StoredAudio, audio_store, path_of
from voice.cache.touches import touch
from voice.domain.audio import AudioFormat
from voice.domain.errors import SpeechError
from voice.edge.wire import App, Send, new_request_id, raw, refuse, send_answer, start
from voice.speech.inflight import Job, in_flight
from voice.speech.stand_ins import stand_ins

Headers: TypeAlias = list[tuple[bytes, bytes]]

_ADDRESS: Final = re.compile(
    re.escape(PREFIX) + rf"(?P<name>(?P<key>[0-9a-f]{{64}})\.(?P<format>{'|'.join(AudioFormat)}))", re.ASCII
)
_TOKEN_ALONE: Final = re.compile(r"token=([0-9a-f.]+)", re.ASCII)
_DECIDING: Final = {b"range": "range", b"if-range": "if_range", b"if-none-match": "if_none_match"}

REMEMBERED_HEADS: Final = 2_048
"""A piece of audio is asked for again and again, as a rule for all of it."""

_KEPT_HEADERS: Final = [
    (b"cache-control", b"private, max-age=604800, immutable"),
    (b"content-disposition", b"inline"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-cache", b"hit"),
]
_CONTENT_TYPES: Final = {known: (b"content-type", known.content_type.encode()) for known in AudioFormat}


class SignedAudio:
    """An ASGI application that answers signed audio addresses and passes everything else on."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Serve one connection."""
        address = _ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if address is None:
            await self._app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await refuse(send, 405, "method_not_allowed", "Use GET, HEAD here.", {"Allow": "GET, HEAD"})
        elif not token_allows(_token(scope), address["name"]):
            await refuse(send, 403, "bad_token", "The address is not signed by us, or its time is over.")
        else:
            await _answer(scope, send, address["key"], AudioFormat(address["format"]))


async def _answer(scope: Any, send: Send, key: str, audio_format: AudioFormat) -> None:
    """Serve what is stored, else what is being made; point to what a fallback made; else nothing."""
    path = path_of(key, audio_format)
    stored, trouble = await _find(key, path)
    if stored is not None:
        touch(key)
        await _send_stored(scope, send, stored, path, audio_format)
    elif (job := in_flight.find(key)) is not None:
        await _send_live(send, job, audio_format, with_body=scope["method"] == "GET")
    elif (entry := stand_ins.get(key)) is not None:
        await _send_elsewhere(send, signed_url(entry.key, entry.format))
    elif trouble is not None:
        await refuse(send, 503, "storage_unavailable", f"The storage cannot be read ({type(trouble).__name__}).")
    else:
        await refuse(send, 404, "not_found", "This audio is no longer stored; ask for it again.")


async def _find(key: str, path: str) -> tuple[StoredAudio | None, OSError | None]:
    """What is stored at ``path``, and what is the matter with the storage.

    Where a job looks for the same, the storage is not asked twice: what is being made is heard without it.
    """
    if (hot := audio_store().hot(path)) is not None or settings.TTS_STORAGE == "off":
        return hot, None
    if (job := in_flight.find(key)) is not None:
        with suppress(SpeechError, AccountError):  # it may not be made; who listens to it is told so
            found = await job.found()
            return (found[1] if found else None), None
        return None, None
    try:
        return await audio_store().find(path), None
    except OSError as error:
        return None, error


async def _send_stored(scope: Any, send: Send, stored: StoredAudio, path: str, audio_format: AudioFormat) -> None:
    if scope["method"] == "GET" and (url := await audio_store().url(path)) is not None:
        await _send_elsewhere(send, url)
        return
    part, headers = _head(_asked(scope), path, stored.size_bytes, audio_format)
    await send({"type": "http.response.start", "status": part.status, "headers": headers})
    if stored.data is not None or scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": _in_memory(scope, stored, part)})
        return
    async for piece in stored.read(part.start, part.end):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body"})


@lru_cache(REMEMBERED_HEADS)
def _head(
    asked: Asked, path: str, size_bytes: int, audio_format: AudioFormat
) -> tuple[Part, list[tuple[bytes, bytes]]]:
    """Which part is sent, and under which headers: the same for the same question."""
    part = part_for(asked, etag_of(path, size_bytes), size_bytes)
    length = (b"content-length", b"%d" % (part.end - part.start))
    return part, [*_KEPT_HEADERS, *raw(part.headers), _CONTENT_TYPES[audio_format], length]


async def _send_elsewhere(send: Send, address: str) -> None:
    """Point to another address, for now."""
    headers = {"Location": address, "Cache-Control": "no-store", "Content-Length": "0"}
    await send_answer(send, Answer(HTTPStatus.TEMPORARY_REDIRECT, headers), new_request_id())


def _in_memory(scope: Any, stored: StoredAudio, part: Part) -> bytes:
    """The bytes of ``part``, uncopied when they are all of it; none for HEAD."""
    if stored.data is None or scope["method"] == "HEAD":
        return b""
    return stored.data if part.status == HTTPStatus.OK else stored.data[part.start : part.end]


async def _send_live(send: Send, job: Job[Any], audio_format: AudioFormat, *, with_body: bool) -> None:
    """Stream what is being made. Should it break off, so does the connection: the error goes on to the server."""
    try:
        await job.broadcast.ready()
    except SpeechError as error:
        await refuse(send, 503, error.code, error.message)
        return
    await start(send, 200, LIVE_HEADERS | {"Content-Type": audio_format.content_type, "X-Cache": "joined"})
    if with_body:
        async for chunk in job.broadcast.listen():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body"})


def _token(scope: Any) -> str:
    """The token of the query; read at once where it stands alone, as in every address of ours."""
    query: str = scope["query_string"].decode("latin-1")
    alone = _TOKEN_ALONE.fullmatch(query)
    return alone[1] if alone else parse_qs(query).get("token", [""])[0]


def _asked(scope: Any) -> Asked:
    """The headers that decide which part is sent."""
    return Asked(**{_DECIDING[name]: value.decode("latin-1") for name, value in scope["headers"] if name in _DECIDING})
