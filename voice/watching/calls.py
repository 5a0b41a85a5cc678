"""Calls of providers, added up: also those that failed and were made good by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Avg, Count, Q, Sum

from voice.models import ProviderCall

Outcome = ProviderCall.Outcome

_SUMS: Final[dict[str, Any]] = {
    "calls": Count("pk"),
    "failed": Count("pk", filter=Q(outcome=Outcome.FAILED)),
    "broken": Count("pk", filter=Q(outcome=Outcome.BROKEN)),
    "cancelled": Count("pk", filter=Q(outcome=Outcome.CANCELLED)),
    "ttfb_s": Avg("ttfb_s"),
    "cost": Sum("cost", default=0),
}


@dataclass(frozen=True, slots=True)
class Calls:
    """Those of one provider. ``ttfb_s`` is the mean, None when nothing came; ``cost`` is in US dollars."""

    provider: str
    calls: int
    failed: int
    broken: int
    cancelled: int
    ttfb_s: float | None
    cost: float

    @property
    def error_rate(self) -> float | None:
        """The share that failed or broke off; what a caller broke off says nothing of the provider."""
        ended = self.calls - self.cancelled
        return (self.failed + self.broken) / ended if ended else None


def calls_by_provider(first: date, last: date) -> Sequence[Calls]:
    """Those that began on the days from ``first`` to ``last`` (UTC), by name."""
    rows = ProviderCall.objects.filter(created_at__date__range=(first, last)).order_by()
    names = ("provider", *_SUMS)
    asked = [dict(zip(names, row, strict=True)) for row in rows.values_list("provider").annotate(**_SUMS)]
    return [Calls(**row | {"cost": float(row["cost"])}) for row in sorted(asked, key=lambda row: str(row["provider"]))]
