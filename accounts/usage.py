"""What each user heard, by day: written behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from accounts.models import User, UserAnalytics
from accounts.write_behind import WriteBehind


@dataclass(frozen=True, slots=True)
class Usage:
    """One request's share, or the sum of several. ``characters`` are those sent to a voice."""

    requests: int = 0
    hits: int = 0
    characters: int = 0
    voice_seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            self.hits + other.hits,
            self.characters + other.characters,
            self.voice_seconds + other.voice_seconds,
        )


def _write(days: dict[tuple[int, date], Usage]) -> None:
    known = set(User.objects.filter(pk__in={user_id for user_id, _ in days}).values_list("pk", flat=True))
    for (user_id, day), usage in days.items():
        if user_id not in known:  # the account was deleted within this second
            continue
        UserAnalytics.objects.get_or_create(user_id=user_id, day=day)
        UserAnalytics.objects.filter(user_id=user_id, day=day).update(
            requests=F("requests") + usage.requests,
            hits=F("hits") + usage.hits,
            characters=F("characters") + usage.characters,
            voice_seconds=F("voice_seconds") + usage.voice_seconds,
        )


usages: WriteBehind[tuple[int, date], Usage] = WriteBehind(_write, Usage.__add__)


def record(user_id: int, usage: Usage) -> None:
    """Add ``usage`` to the user's day (UTC); call it on the event loop."""
    usages.add((user_id, timezone.now().date()), usage)
