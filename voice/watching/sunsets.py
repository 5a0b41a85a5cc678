"""Models in use that are to be switched off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from voice.models import ProviderCall
from voice.providers import catalogue
from voice.providers.registry import chain
from voice.providers.standing import standing

IN_USE: Final = timedelta(days=30)
"""A model that was spoken with since then is in use."""


@dataclass(frozen=True, slots=True)
class Sunset:
    """A model's last day, and how far it is."""

    provider: str
    model: str
    sunset_on: date
    days: int


def next_sunset(now: datetime) -> Sunset | None:
    """The nearest last day of a model that somebody speaks with, or would by default; None when there is none."""
    known = catalogue.read()
    ends = [known.model(provider, model) for provider, model in {*_spoken_with(now), *_spoken_with_by_default(now)}]
    dated = [
        Sunset(model.provider, model.name, model.sunset_on, (model.sunset_on - now.date()).days)
        for model in ends
        if model is not None and model.sunset_on is not None
    ]
    return min(dated, key=lambda one: (one.sunset_on, one.provider, one.model), default=None)


def _spoken_with(now: datetime) -> Iterator[tuple[str, str]]:
    lately = ProviderCall.objects.filter(created_at__gte=now - IN_USE).order_by()
    yield from lately.values_list("provider", "model").distinct()


def _spoken_with_by_default(now: datetime) -> Iterator[tuple[str, str]]:
    known = catalogue.read()
    for one in chain():
        yield one.name, standing(one, known, now.date()).model
