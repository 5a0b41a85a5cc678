"""HTTP to a vendor: one session an event loop, bytes as the network brings them, failures in our own words."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Final

import aiohttp

from accounts.per_loop import PerLoop
from voice.domain.audio import AudioFormat
from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderForbidden,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)

_FORBIDDEN: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN)

_TYPES: Final = {
    AudioFormat.MP3: ("audio/mpeg", "audio/mp3", "audio/mpeg3", "audio/x-mpeg-3"),
    AudioFormat.OPUS: ("audio/ogg", "audio/opus", "application/ogg"),
    AudioFormat.AAC: ("audio/aac", "audio/aacp", "audio/x-aac"),
    AudioFormat.FLAC: ("audio/flac", "audio/x-flac"),
    AudioFormat.WAV: ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
    AudioFormat.PCM: ("audio/pcm", "audio/l16", "audio/basic"),
}
_UNSAID: Final = ("", "application/octet-stream", "binary/octet-stream")
"""What servers send that do not say what it is; whether it decodes is found out later."""


class VendorHttp:
    """Requests to the vendor that ``provider`` is the name of.

    Redirects are not followed, nothing is tried twice, and no time limit is kept here: all three are the chain's.
    """

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._sessions = PerLoop(partial(new_session, provider))

    async def audio(
        self, method: str, url: str, audio_format: AudioFormat, **asked: Any
    ) -> AsyncGenerator[bytes, None]:
        """Yield the body of the answer, piece by piece as it comes; closing the generator hangs up.

        ``asked`` is what ``aiohttp.ClientSession.request`` takes: ``json``, ``data``, ``params``, ``headers``.

        Raises:
            BadAudio: the answer says that it is something else than ``audio_format``.
            ProviderError: as ``errors_told`` and ``refuse_status`` have it.
        """
        async with self.answer(method, url, **asked) as answer:
            refuse_status(self._provider, answer.status, answer.headers.get("Retry-After", ""))
            refuse_type(self._provider, answer.headers.get("Content-Type", ""), audio_format)
            async for piece in answer.content.iter_any():
                yield piece

    async def json(self, method: str, url: str, **asked: Any) -> Any:
        """The JSON that is answered.

        Raises:
            BadAudio: the answer is no JSON.
            ProviderError: as ``errors_told`` and ``refuse_status`` have it.
        """
        async with self.answer(method, url, **asked) as answer:
            refuse_status(self._provider, answer.status, answer.headers.get("Retry-After", ""))
            try:
                return await answer.json()
            except (aiohttp.ContentTypeError, ValueError):
                raise BadAudio(self._provider, "It answered with something else than JSON.") from None

    @asynccontextmanager
    async def answer(self, method: str, url: str, **asked: Any) -> AsyncGenerator[aiohttp.ClientResponse, None]:
        """What is answered, whatever its status and its type; leaving hangs up if its body has not been read.

        Raises:
            ProviderError: as ``errors_told`` has it, while it is read too.
        """
        with errors_told(self._provider):
            async with self.session().request(method, url, allow_redirects=False, **asked) as answer:
                yield answer

    def session(self) -> aiohttp.ClientSession:
        """The session of this event loop."""
        return self._sessions.here()

    async def close(self) -> None:
        """Close the connections of this event loop."""
        if (session := self._sessions.taken_away()) is not None:
            await session.close()


def new_session(provider: str) -> aiohttp.ClientSession:
    """Connections without a limit of their own, in number or in time, that lead nowhere else."""
    return aiohttp.ClientSession(
        middlewares=(_refusing_redirects(provider),),
        connector=aiohttp.TCPConnector(limit=0),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        auto_decompress=True,
    )


def _refusing_redirects(provider: str) -> aiohttp.ClientMiddlewareType:
    """A WebSocket's handshake takes no ``allow_redirects``; here nothing gets as far as being followed."""

    async def answer(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
        answered = await send(request)
        if HTTPStatus.MULTIPLE_CHOICES <= answered.status < HTTPStatus.BAD_REQUEST:
            answered.close()
            refuse_status(provider, answered.status)
        return answered

    return answer


@contextmanager
def errors_told(provider: str) -> Iterator[None]:
    """Turn the errors of the HTTP client into ours. They may hold an address or a header, so they are not chained.

    Raises:
        ProviderUnavailable: there is no connection, or no longer.
    """
    try:
        yield
    except (aiohttp.ClientError, OSError):
        raise ProviderUnavailable(provider, "The connection failed.") from None


def refuse_status(provider: str, status: int, retry_after: str = "") -> None:
    """See that an answer is one. What an SDK raised for it repeats what was sent, so it is not chained.

    Raises:
        ProviderRateLimited: 429, with the wait it asks for.
        ProviderForbidden: 401, 402 and 403 are about our key or our account.
        ProviderRejected: what else starts with 3 or 4 is about this request.
        ProviderUnavailable: 5xx passes by itself; a wait it asks for is told.
    """
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return
    wait_s = retry_after_s(retry_after)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise ProviderRateLimited(provider, "It asks us to slow down.", retry_after_s=wait_s) from None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ProviderUnavailable(provider, f"It answered {status}.", retry_after_s=wait_s) from None
    kind: type[ProviderError] = ProviderForbidden if status in _FORBIDDEN else ProviderRejected
    raise kind(provider, f"It answered {status}.") from None


def refuse_type(provider: str, content_type: str, audio_format: AudioFormat) -> None:
    """See that an answer is what was asked for: an error page with status 200 is no audio.

    Raises:
        BadAudio: it says that it is something else than ``audio_format``.
    """
    named = content_type.partition(";")[0].strip().lower()
    if named not in _TYPES[audio_format] and named not in _UNSAID:
        raise BadAudio(provider, f"It answered with {named[:40]} where {audio_format} was asked for.")


def retry_after_s(written: str, now: datetime | None = None) -> float | None:
    """Seconds ``Retry-After`` asks to wait, a number or a date (RFC 9110, 10.2.3); None if it says nothing."""
    if written.strip().isdecimal():
        return float(written)
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
