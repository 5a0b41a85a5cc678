"""Who speaks: the providers of the chain in turn, until one gives a first chunk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, replace

import structlog
from django.conf import settings
from prometheus_client import Counter

from voice.domain.audio import AudioFormat
from voice.domain.errors import AllProvidersFailed, BadAudio, ProviderError, ProviderTimeout, UnsupportedText
from voice.domain.speech import SpeechRequest
from voice.providers.provider import Provider
from voice.providers.registry import chain, first_voice, provider
from voice.speech.synthesis import synthesize

CALLS = Counter("aloud_provider_calls_total", "Calls of a provider, by how they came out.", ["provider", "outcome"])

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Speaking:
    """A provider that has given its first chunk: what it says, in which format, and the chunks from the first on."""

    request: SpeechRequest
    format: AudioFormat
    chunks: AsyncGenerator[bytes, None]


async def first_to_speak(request: SpeechRequest) -> Speaking:
    """Ask the request's own provider, then the rest of the chain; the first chunk decides.

    Raises:
        UnsupportedText: not one of them can say these words, and at least one was able to judge.
        AllProvidersFailed: none gave a first chunk; it says why, by provider.
    """
    reasons: dict[str, str] = {}
    unsupported: UnsupportedText | None = None
    waits: list[float] = []
    for candidate in _candidates(request):
        name = candidate.voice.provider
        try:
            return await _first_chunk(provider(name), candidate)
        except UnsupportedText as error:
            unsupported, reasons[name] = error, error.code
        except ProviderError as error:
            reasons[name] = error.code
            waits += [error.retry_after_s] if error.retry_after_s else []
    if unsupported is not None and set(reasons.values()) == {unsupported.code}:
        raise unsupported
    raise AllProvidersFailed(reasons, retry_after_s=min(waits, default=None))


def _candidates(request: SpeechRequest) -> Iterator[SpeechRequest]:
    """The request as each provider of the chain would hear it: its own first, then the others in their own voices."""
    yield request
    for other in chain():
        if other.name != request.voice.provider:
            yield replace(request, voice=first_voice(other), model=other.default_model, settings={})


async def _first_chunk(speaker: Provider, request: SpeechRequest) -> Speaking:
    """Call one provider and wait for its first chunk, TTS_PROVIDER_TIMEOUT at most.

    Raises:
        UnsupportedText, ProviderError: it did not speak.
    """
    chunks, made = synthesize(speaker, request)
    began_s = time.monotonic()
    try:
        first = await _next_chunk(speaker.name, chunks)
        if first is None:
            raise BadAudio(speaker.name, "It answered with no audio at all.")
    except (UnsupportedText, ProviderError) as error:
        await chunks.aclose()
        CALLS.labels(speaker.name, error.code).inc()
        log.warning("provider_failed", provider=speaker.name, reason=error.code, latency_s=_since(began_s))
        raise
    CALLS.labels(speaker.name, "spoke").inc()
    log.info("provider_spoke", provider=speaker.name, ttfb_s=_since(began_s))
    return Speaking(request, made, _from_first(speaker.name, first, chunks))


async def _from_first(name: str, first: bytes, chunks: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Yield ``first`` and the rest, never waiting longer than the limit between two chunks."""
    try:
        chunk: bytes | None = first
        while chunk is not None:
            yield chunk
            chunk = await _next_chunk(name, chunks)
    finally:
        await chunks.aclose()


async def _next_chunk(name: str, chunks: AsyncGenerator[bytes, None]) -> bytes | None:
    """The next chunk that is not empty; None when there are no more.

    Raises:
        ProviderTimeout: none came within TTS_PROVIDER_TIMEOUT.
        ProviderError: the provider failed.
    """
    try:
        async with asyncio.timeout(settings.TTS_PROVIDER_TIMEOUT):
            async for chunk in chunks:
                if chunk:
                    return chunk
    except TimeoutError:
        raise ProviderTimeout(name, f"No audio within {settings.TTS_PROVIDER_TIMEOUT:g} s.") from None
    return None


def _since(began_s: float) -> float:
    return round(time.monotonic() - began_s, 4)
