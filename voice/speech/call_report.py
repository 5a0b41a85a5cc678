"""How one call of a provider came out, told to everybody who keeps count."""

from __future__ import annotations

import asyncio
import time
from typing import Self

import structlog
from django.utils import timezone
from prometheus_client import Counter, Histogram

from voice.audio.byte_rate import bytes_per_second
from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.models import ProviderCall
from voice.providers import catalogue
from voice.speech import ledger
from voice.speech.availability import availability

CALLS = Counter("aloud_provider_calls_total", "Calls of a provider, by how they came out.", ["provider", "outcome"])
FIRST_BYTE = Histogram(
    "aloud_provider_first_byte_seconds",
    "From the call of a provider to its first chunk.",
    ["provider"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0),
)
COST = Counter("aloud_provider_cost_dollars_total", "What providers took, by the prices of their models.", ["provider"])

log = structlog.get_logger(__name__)

Outcome = ProviderCall.Outcome


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
        FIRST_BYTE.labels(self._provider).observe(self._ttfb_s)
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
        cost = catalogue.current().cost(self._provider, segment.model, billed)
        COST.labels(self._provider).inc(float(cost or 0))
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
                cost=cost,
            )
        )

    def _since_start_s(self) -> float:
        return round(time.monotonic() - self._began_s, 4)


def _code_of(error: BaseException | None) -> str:
    return error.code if isinstance(error, SpeechError) else "fault"
