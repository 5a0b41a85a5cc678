"""What a vendor lists, written down: new voices are added, those that are gone are marked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asgiref.sync import sync_to_async
from django.db import transaction

from voice.domain.errors import InvalidRequest, ProviderError
from voice.domain.voice import VoiceId
from voice.models import Voice
from voice.providers.catalogue.reading import expire
from voice.providers.listing import ListsVoices
from voice.providers.provider import Provider, VoiceFacts

PATIENCE_S: Final = 30.0
"""How long a vendor may take to list its voices."""


@dataclass(frozen=True, slots=True)
class Synced:
    """How it went with one provider: how many voices it lists, and what that changed; or why nothing changed."""

    provider: str
    listed: int = 0
    added: int = 0
    vanished: int = 0
    unchanged_because: str = ""


async def sync(provider: Provider, now: datetime) -> Synced:
    """Ask ``provider`` for its voices and write them down. It never raises: one vendor's failure is its own.

    A list without a single voice changes nothing: a vendor that has none would have no use for us.
    """
    if not isinstance(provider, ListsVoices):
        return Synced(provider.name, unchanged_because="It does not list its voices.")
    if (reason := provider.unavailable_because()) is not None:
        return Synced(provider.name, unchanged_because=reason)
    try:
        async with asyncio.timeout(PATIENCE_S):
            listed = await provider.list_voices()
    except TimeoutError:
        return Synced(provider.name, unchanged_because=f"It did not answer within {PATIENCE_S:g} s.")
    except ProviderError as error:
        return Synced(provider.name, unchanged_because=error.message)
    if not listed:
        return Synced(provider.name, unchanged_because="It lists no voices.")
    return await sync_to_async(record)(provider.name, listed, now)


@transaction.atomic
def record(provider: str, listed: Sequence[VoiceFacts], now: datetime) -> Synced:
    """Write down that ``provider`` lists these voices ``now``, and no others.

    Rows that are there keep what they say, which may be an admin's word. Only those that were listed before can be
    gone: what was added by hand is nobody's to take away.
    """
    rows = Voice.objects.filter(provider=provider)
    present = set(rows.values_list("name", flat=True))
    facts = {voice.name: voice for voice in listed if _can_be_asked_for(provider, voice.name)}
    new = [_row(provider, voice, now) for name, voice in facts.items() if name not in present]
    Voice.objects.bulk_create(new, ignore_conflicts=True)
    rows.filter(name__in=facts).update(listed_at=now, vanished_on=None)
    vanished = rows.filter(listed_at__lt=now, vanished_on=None).update(vanished_on=now.date())
    transaction.on_commit(expire)
    return Synced(provider, len(facts), len(new), vanished)


def _can_be_asked_for(provider: str, name: str) -> bool:
    try:
        return VoiceId.parse(f"{provider}:{name}").name == name
    except InvalidRequest:
        return False


def _row(provider: str, voice: VoiceFacts, now: datetime) -> Voice:
    """A row as long as the columns are: vendors describe at length."""
    return Voice(
        provider=provider,
        name=voice.name,
        label=voice.label[:160] or voice.name,
        language=voice.language[:35],
        gender=voice.gender,
        description=voice.description[:300],
        listed_at=now,
    )
