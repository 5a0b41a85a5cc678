"""How each provider stands: whether it can speak, why not, and in which voice and with which model it would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from voice.domain.sunset import is_over
from voice.domain.voice import VoiceId
from voice.providers.catalogue import Catalogue, rows
from voice.providers.choosing import default_model
from voice.providers.provider import Provider
from voice.providers.registry import PROVIDERS, chain, provider


@dataclass(frozen=True, slots=True)
class Standing:
    """One provider. ``place`` is that in the chain, from 1; None outside it. ``sunset_on`` is its model's last day."""

    name: str
    place: int | None
    silent_because: str | None
    voice: VoiceId
    model: str
    sunset_on: date | None


def standing(of: Provider, known: Catalogue, today: date) -> Standing:
    """How ``of`` stands on the day ``today``, by a catalogue that holds it."""
    model = default_model(of, known, today)
    listed = known.model(of.name, model)
    sunset_on = listed.sunset_on if listed else None
    over = is_over(sunset_on, today)
    return Standing(
        name=of.name,
        place=_place(of.name),
        silent_because=f"Its model {model} has been switched off." if over else of.unavailable_because(),
        voice=known.first_voice(of.name),
        model=model,
        sunset_on=sunset_on,
    )


def every_standing(today: date) -> list[Standing]:
    """How every provider stands, the chain first and in its order; reads the database.

    Raises:
        Error: the database cannot be read.
    """
    outside = [name for name in PROVIDERS if name not in settings.TTS_PROVIDER]
    providers = [provider(name) for name in (*settings.TTS_PROVIDER, *outside)]
    known = rows.refined(providers)
    return [standing(one, known, today) for one in providers]


def able(known: Catalogue, today: date) -> frozenset[str]:
    """The names of those of the chain that can speak on the day ``today``."""
    return frozenset(one.name for one in chain() if standing(one, known, today).silent_because is None)


def chains(standings: Iterable[Standing]) -> list[Standing]:
    """Those that are in the chain."""
    return [one for one in standings if one.place is not None]


def _place(name: str) -> int | None:
    return settings.TTS_PROVIDER.index(name) + 1 if name in settings.TTS_PROVIDER else None
