"""How providers did lately, by their calls."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Count, Max, Min, Q, QuerySet

from voice.domain.errors import ProviderRejected, UnsupportedText
from voice.models import ProviderCall

Outcome = ProviderCall.Outcome

_FAILED: Final = Q(outcome__in=[Outcome.FAILED, Outcome.BROKEN])


def error_rates(since: datetime, enough: int) -> dict[str, float]:
    """The share of calls since then that failed, by provider; of those with ``enough`` calls."""
    rows = _about_the_vendor().filter(created_at__gte=since).exclude(outcome=Outcome.CANCELLED)
    counts = rows.order_by().values_list("provider").annotate(calls=Count("pk"), failed=Count("pk", filter=_FAILED))
    return {provider: failed / calls for provider, calls, failed in counts if calls >= enough}


def downtimes(now: datetime, since: datetime) -> dict[str, float]:
    """For how many minutes each provider has only failed, of those that were called ``since`` then and did not speak.

    That may be longer than since then: it is counted from the first failure after they last spoke.
    """
    failing = _about_the_vendor().filter(_FAILED, created_at__gte=since).order_by()
    down = {}
    for provider in failing.values_list("provider", flat=True).distinct():
        own = _about_the_vendor().filter(provider=provider)
        spoke_at = own.filter(outcome=Outcome.SPOKE).aggregate(at=Max("created_at"))["at"]
        after = own.filter(_FAILED, **({"created_at__gt": spoke_at} if spoke_at else {}))
        if (began_at := after.aggregate(at=Min("created_at"))["at"]) is not None:
            down[provider] = (now - began_at).total_seconds() / 60
    return down


def _about_the_vendor() -> QuerySet[ProviderCall]:
    """Calls that say something of the vendor: one that was refused for its own fault does not."""
    return ProviderCall.objects.exclude(error__in=[ProviderRejected.code, UnsupportedText.code])
