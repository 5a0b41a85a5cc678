"""What each user used, by day, and where and with whom: written behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from operator import add, attrgetter
from typing import Any, Final, NamedTuple

from django.db.models import F, Manager
from django.utils import timezone

from accounts.account import Account
from accounts.models import DailyUsage, User, UserAnalytics
from accounts.write_behind import WriteBehind


@dataclass(frozen=True, slots=True)
class Usage:
    """One request's share, or the sum of several.

    A request is a hit, or joined, or a failure, or else made anew. ``characters`` are those sent to a voice, and
    ``ttfb_seconds`` the wait for the first byte of what was made anew. ``saved_microdollars`` are what hits and joined
    requests would have cost. ``realtime`` are replies of the assistant, which are no requests for speech.
    """

    requests: int = 0
    hits: int = 0
    joined: int = 0
    failures: int = 0
    characters: int = 0
    voice_seconds: float = 0.0
    cost_microdollars: int = 0
    saved_microdollars: int = 0
    ttfb_seconds: float = 0.0
    realtime: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(*map(add, _amounts(self), _amounts(other)))


_amounts: Final[Callable[[Usage], tuple[Any, ...]]] = attrgetter(*[field.name for field in fields(Usage)])


class Place(NamedTuple):
    """Where a share belongs."""

    day: date
    user_id: int
    room: str
    provider: str


_OF_A_DAY: Final = {field.name: field.name for field in fields(Usage) if field.name != "realtime"}
_OF_A_USER: Final = {
    "realtime_requests": "realtime",
    **{name: name for name in ("requests", "hits", "characters", "voice_seconds", "cost_microdollars")},
}
"""Columns of the two tables, and what of a ``Usage`` is counted in each."""


def _write(shares: dict[Place, Usage]) -> None:
    known = set(User.objects.filter(pk__in={place.user_id for place in shares}).values_list("pk", flat=True))
    kept = {place: usage for place, usage in shares.items() if place.user_id in known}  # who is gone is not counted
    days: dict[tuple[date, int], Usage] = {}
    for place, usage in kept.items():
        days[place[:2]] = days.get(place[:2], Usage()) + usage
    _add_to(UserAnalytics.objects, ("day", "user_id"), days, _OF_A_USER)
    _add_to(DailyUsage.objects, Place._fields, kept, _OF_A_DAY)


def _add_to(
    table: Manager[Any], names: tuple[str, ...], shares: Mapping[Any, Usage], columns: Mapping[str, str]
) -> None:
    """Add ``shares``, by the values of ``names``, to the rows of ``table``; rows that are missing are made.

    Always in the same order: two processes that write the same rows then wait for each other, once.
    """
    changes = {key: _changes(shares[key], columns) for key in sorted(shares)}
    rows = [(dict(zip(names, key, strict=True)), change) for key, change in changes.items() if change]
    table.bulk_create([table.model(**where) for where, _ in rows], ignore_conflicts=True)
    for where, change in rows:
        table.filter(**where).update(**change)


def _changes(usage: Usage, columns: Mapping[str, str]) -> dict[str, Any]:
    """What of ``usage`` is to be added to which column; nothing for what is zero."""
    amounts = {column: getattr(usage, name) for column, name in columns.items()}
    return {column: F(column) + amount for column, amount in amounts.items() if amount}


usages: WriteBehind[Place, Usage] = WriteBehind(_write, Usage.__add__)


def record(account: Account, provider: str, usage: Usage) -> None:
    """Add ``usage`` to the account's day (UTC), in its room and with ``provider``; call it on the event loop.

    ``provider`` is empty where nobody spoke.
    """
    usages.add(Place(timezone.now().date(), account.user_id, account.room, provider), usage)
