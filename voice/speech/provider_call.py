"""One call of a provider, from asking for a place to the last chunk; how it came out is written down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, nullcontext
from typing import Final, Self

import structlog
from django.conf import settings
from django.utils import timezone
from prometheus_client import Counter

from voice.audio.byte_rate import bytes_per_second
from voice.audio.sniffing import looks_like
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio, SpeechError
from voice.domain.speech import SpeechRequest
from voice.models import ProviderCall
from voice.providers import catalogue
from voice.providers.provider import Provider
from voice.speech import ledger
from voice.speech.availability import availability
from voice.speech.patience import Patience
from voice.speech.places import places

UNDECIDED_BYTES: Final = 64_000
"""A stream that has not told by then whether it is audio is none."""

CALLS = Counter("aloud_provider_calls_total", "Calls of a provider, by how they came out.", ["provider", "outcome"])

log = structlog.get_logger(__name__)

Outcome = ProviderCall.Outcome


async def call(
    speaker: Provider, segment: SpeechRequest, until_s: float, *, placed: bool = False
) -> AsyncGenerator[bytes, None]:
    """Have ``speaker`` say ``segment``, in its format. The first item is empty: it says that the audio has begun.

    A place among the provider's calls, unless the caller has one (``placed``), and the beginning of the audio are
    waited for until ``until_s`` of the event loop's clock; each further chunk for TTS_PROVIDER_TIMEOUT.

    Raises:
        UnsupportedText, ProviderError: it failed. What was yielded before is not the whole.
    """
    async with nullcontext() if placed else places.taken(speaker, until_s):
        with (
            Report(speaker.name, segment) as report,
            Patience(speaker.name, until_s, settings.TTS_PROVIDER_TIMEOUT) as patience,
        ):
            async with aclosing(speaker.synthesize(segment)) as chunks:
                head = await _head(speaker.name, chunks, segment.format)
                patience.pause()
                report.begin(head)
                yield b""
                yield head
                patience.resume()
                async for chunk in chunks:
                    patience.pause()
                    report.size_bytes += len(chunk)
                    yield chunk
                    patience.resume()


async def _head(provider: str, chunks: AsyncGenerator[bytes, None], audio_format: AudioFormat) -> bytes:
    """The first chunk, or as many as it takes to see that they are audio.

    Raises:
        BadAudio: they are not.
        UnsupportedText, ProviderError: the provider failed.
    """
    head = b""
    async for chunk in chunks:
        head += chunk
        verdict = looks_like(head, audio_format)
        if verdict:
            return head
        if verdict is False or len(head) > UNDECIDED_BYTES:
            raise BadAudio(provider, f"What it sent does not begin as {audio_format} does.")
    raise BadAudio(provider, "It answered with no audio at all.")


class Report:
    """Sees one call through, and tells the log, the metrics, the breaker and the ledger how it came out."""

    def __init__(self, provider: str, segment: SpeechRequest) -> None:
        self.size_bytes = 0
        self._provider = provider
        self._segment = segment
        self._bytes_per_second: float | None = None
        self._ttfb_s: float | None = None

    def begin(self, head: bytes) -> None:
        """Note that the first chunk has come, and what it tells."""
        self.size_bytes = len(head)
        self._bytes_per_second = bytes_per_second(head, self._segment.format)
        self._ttfb_s = self._since_start_s()
        log.info("provider_spoke", provider=self._provider, ttfb_s=self._ttfb_s)

    def __enter__(self) -> Self:
        self._began_at, self._began_s = timezone.now(), time.monotonic()
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        outcome = self._outcome(error)
        reason = "" if outcome in {Outcome.SPOKE, Outcome.CANCELLED} else _code_of(error)
        CALLS.labels(self._provider, reason or outcome.value).inc()
        if reason:
            log.warning("provider_failed", provider=self._provider, reason=reason, latency_s=self._since_start_s())
        if outcome is Outcome.SPOKE:
            availability.spoke(self._provider)
        elif isinstance(error, SpeechError):
            availability.failed(self._provider, error)
        self._note(outcome, reason)

    def _outcome(self, error: BaseException | None) -> Outcome:
        if error is None:
            return Outcome.SPOKE
        if isinstance(error, asyncio.CancelledError | GeneratorExit):
            return Outcome.CANCELLED
        return Outcome.FAILED if self._ttfb_s is None else Outcome.BROKEN

    def _note(self, outcome: Outcome, reason: str) -> None:
        segment, characters = self._segment, len(self._segment.text)
        billed = 0 if outcome is Outcome.FAILED else characters  # vendors take nothing for an answer that is none
        ledger.note(
            ledger.Call(
                created_at=self._began_at,
                provider=self._provider,
                model=segment.model,
                voice=segment.voice.name,
                characters=characters,
                ttfb_s=self._ttfb_s,
                duration_s=self._since_start_s(),
                audio_s=self.size_bytes / self._bytes_per_second if self._bytes_per_second else 0.0,
                outcome=outcome.value,
                error=reason,
                cost=catalogue.current().cost(self._provider, segment.model, billed),
            )
        )

    def _since_start_s(self) -> float:
        return round(time.monotonic() - self._began_s, 4)


def _code_of(error: BaseException | None) -> str:
    return error.code if isinstance(error, SpeechError) else "fault"
