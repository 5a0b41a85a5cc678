"""Which providers are out of order just now: a breaker for each, told how every call came out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog
from prometheus_client import Gauge

from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderForbidden,
    ProviderRateLimited,
    ProviderTimeout,
    ProviderUnavailable,
    SpeechError,
)
from voice.speech.breaker import Breaker

_ABOUT_THE_VENDOR: Final = (ProviderUnavailable, ProviderTimeout, ProviderForbidden, ProviderRateLimited)
"""What the next request would meet as well. A request that is refused, or answered with bad audio, may be its own
fault: if that counted, one odd text said three times would silence a provider for everybody."""

OUT_OF_ORDER = Gauge("aloud_provider_out_of_order", "1 while a provider is left alone after failures.", ["provider"])

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A provider that is left alone: its failures in a row, the code of the last, and seconds to the next try."""

    provider: str
    failures: int
    reason: str
    try_in_s: float


class Availability:
    """What this process knows of its providers; call it on the event loop, and ``troubles`` from anywhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._breakers: dict[str, Breaker] = {}
        self._reasons: dict[str, type[ProviderError]] = {}

    def spoke(self, provider: str) -> None:
        """Note that a call went well to its end."""
        self._put(provider, self._of(provider).spoke(), "provider_back")

    def failed(self, provider: str, error: SpeechError) -> None:
        """Note that a call failed. One that made somebody wait in vain opens the breaker: nobody is to wait twice.

        Where it is open, an answer of any kind shows that the vendor is there, unless it should have been audio.
        """
        breaker = self._of(provider)
        if isinstance(error, _ABOUT_THE_VENDOR) or (breaker.is_open and isinstance(error, BadAudio)):
            self._reasons[provider] = type(error)
            wait_s, at_once = error.retry_after_s or 0.0, isinstance(error, ProviderTimeout)
            self._put(provider, breaker.failed(self._clock(), wait_s=wait_s, at_once=at_once), "provider_left_alone")
        elif breaker.is_open:
            self.relieve(provider)

    def relieve(self, provider: str) -> None:
        """Give it the benefit of the doubt: nobody looks after it any longer."""
        self._put(provider, self._of(provider).relieved(), "provider_relieved")

    def is_open(self, provider: str) -> bool:
        """Whether it is to be left alone."""
        return self._of(provider).is_open

    def wait_s(self, provider: str) -> float:
        """Seconds until it may be tried again; 0 when that is now."""
        breaker = self._of(provider)
        return max(0.0, breaker.try_at_s - self._clock()) if breaker.is_open else 0.0

    def refuse(self, provider: str) -> None:
        """See that it may be called.

        Raises:
            ProviderError: it is left alone; of the kind it failed with, and with the wait until it is tried again.
        """
        if self.is_open(provider):
            raise self._reasons[provider](
                provider, "It failed a moment ago and is left alone.", retry_after_s=self.wait_s(provider)
            )

    def troubles(self) -> list[Trouble]:
        """Those that are left alone now."""
        opened = [(name, breaker) for name, breaker in list(self._breakers.items()) if breaker.is_open]
        return [Trouble(name, each.failures, self._reasons[name].code, self.wait_s(name)) for name, each in opened]

    def clear(self) -> None:
        """Hold nothing against anybody."""
        for provider in list(self._breakers):
            self._put(provider, Breaker(), "provider_relieved")

    def _of(self, provider: str) -> Breaker:
        return self._breakers.get(provider, Breaker())

    def _put(self, provider: str, breaker: Breaker, event: str) -> None:
        """Have ``breaker`` for ``provider`` from now on; ``event`` is logged if that opens or closes it."""
        if breaker.is_open is not self.is_open(provider):
            OUT_OF_ORDER.labels(provider).set(breaker.is_open)
            log.warning(event, provider=provider)
        self._breakers[provider] = breaker


availability: Final = Availability()
"""Of this process."""
