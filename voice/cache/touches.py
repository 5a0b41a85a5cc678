"""When an entry was last heard, and how often: written behind."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from accounts.write_behind import WriteBehind
from voice.models import TtsCache


def _write(touches: dict[str, tuple[int, datetime]]) -> None:
    for key, (count, last_at) in sorted(touches.items()):  # in one order: two processes then never wait for each other
        TtsCache.objects.filter(key=key).update(access_count=F("access_count") + count, last_accessed_at=last_at)


def _merge(before: tuple[int, datetime], after: tuple[int, datetime]) -> tuple[int, datetime]:
    return before[0] + after[0], max(before[1], after[1])


touches: WriteBehind[str, tuple[int, datetime]] = WriteBehind(_write, _merge)


def touch(key: str) -> None:
    """Note that the audio of ``key`` was just played from the cache."""
    touches.add(key, (1, timezone.now()))
