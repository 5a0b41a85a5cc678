"""What alerts look at: a figure for each kind, and a sentence about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Sum

from voice.models import Alert, ProviderCall, TtsCache
from voice.watching import books
from voice.watching.books import Question
from voice.watching.providers import downtimes, error_rates
from voice.watching.sunsets import next_sunset

Kind = Alert.Kind

ENOUGH: Final = 10
"""Fewer calls or requests say nothing."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in the unit of its kind, None when there is nothing to go by, and what it is about."""

    value: float | None
    told: str

    def crosses(self, alert: Alert) -> bool:
        """Whether ``alert`` is to be told: by default from its threshold up; what runs short, from there down."""
        if self.value is None:
            return False
        falls_short = alert.kind in {Kind.HIT_RATE, Kind.SUNSET}
        return self.value <= alert.threshold if falls_short else self.value >= alert.threshold


def measure(alert: Alert, now: datetime) -> Measured:
    """What ``alert`` looks at, as it is ``now``; some queries."""
    return _MEASURES[Kind(alert.kind)](now, now - timedelta(minutes=alert.window_minutes))


def _error_rate(_now: datetime, since: datetime) -> Measured:
    rates = error_rates(since, ENOUGH)
    worst = max(rates, key=lambda name: rates[name], default=None)
    if worst is None:
        return Measured(None, f"No provider was called {ENOUGH} times.")
    return Measured(100 * rates[worst], f"{worst} failed in {rates[worst]:.0%} of its calls.")


def _budget(now: datetime, _since: datetime) -> Measured:
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    spent = ProviderCall.objects.filter(created_at__gte=month).aggregate(spent=Sum("cost"))["spent"] or 0
    return Measured(
        float(spent), f"Providers took ${spent:,.2f} since {month:%Y-%m-%d}, by the prices of their models."
    )


def _provider_down(now: datetime, since: datetime) -> Measured:
    down = downtimes(now, since)
    longest = max(down, key=lambda name: down[name], default=None)
    if longest is None:
        return Measured(0.0, "Whoever was called has spoken.")
    told = ", ".join(f"{name} for {minutes:.0f} minutes" for name, minutes in sorted(down.items()))
    return Measured(down[longest], f"Has only failed: {told}.")


def _hit_rate(now: datetime, since: datetime) -> Measured:
    total = books.total(Question(since.date(), now.date()))
    if total.requests < ENOUGH or total.hit_rate is None:
        return Measured(None, f"Speech was asked for less than {ENOUGH} times since {since:%Y-%m-%d}.")
    return Measured(100 * total.hit_rate, f"{total.hits:,} of {total.requests:,} requests since {since:%Y-%m-%d}.")


def _storage(_now: datetime, _since: datetime) -> Measured:
    cap = settings.TTS_CACHE_MAX_BYTES
    size_bytes = TtsCache.objects.aggregate(size=Sum("size_bytes"))["size"] or 0
    if not cap:
        return Measured(None, "TTS_CACHE_MAX_BYTES is 0: nothing is to be kept.")
    return Measured(100 * size_bytes / cap, f"{size_bytes:,} of {cap:,} bytes (TTS_CACHE_MAX_BYTES).")


def _sunset(now: datetime, _since: datetime) -> Measured:
    found = next_sunset(now)
    if found is None:
        return Measured(None, "No model in use has a last day.")
    return Measured(float(found.days), f"{found.provider} switches {found.model} off on {found.sunset_on}.")


_MEASURES: Final[Mapping[Kind, Callable[[datetime, datetime], Measured]]] = {
    Kind.ERROR_RATE: _error_rate,
    Kind.BUDGET: _budget,
    Kind.PROVIDER_DOWN: _provider_down,
    Kind.HIT_RATE: _hit_rate,
    Kind.STORAGE: _storage,
    Kind.SUNSET: _sunset,
}
