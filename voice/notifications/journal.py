"""What somebody's tabs were told, in order, so that one that was away can be told what it missed.

All of it blocks: for a thread of the database's.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from voice.models import Message
from voice.models import SpokenMessage as Row
from voice.notifications.notify import Notice

LOOK_BACK_US: Final = 30_000_000
"""Who opens a tab and has seen nothing yet is told of this long: of what was settled while the page was loading."""

MOST: Final = 1_000
"""Notices that are told again; of who was away for longer than that, the newest."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the making of a message's audio ended: with so many seconds of it, or with an error, as it is told."""

    duration_s: float | None = None
    error: dict[str, Any] | None = None


@transaction.atomic
def settle(message_id: UUID, worker: str, outcome: Outcome) -> tuple[int, Notice] | None:
    """Write down how ``worker`` ended; whom to tell, and what. None if the message is gone, or another process's.

    The owner is locked meanwhile: what gets the higher cursor is seen after what got the lower one, by everybody.
    """
    mine = Row.objects.filter(pk=message_id, worker=worker, state__in=[Row.State.MAKING, Row.State.WAITING])
    row = mine.first()
    if row is None:
        return None
    list(User.objects.select_for_update(no_key=True).filter(pk=row.owner_id).values_list("pk"))
    row.cursor = _next_cursor(row.owner_id)
    row.state = Row.State.FAILED if outcome.error else Row.State.READY
    row.duration_s, row.error = outcome.duration_s, outcome.error
    fields = {name: getattr(row, name) for name in ("cursor", "state", "duration_s", "error")}
    return (row.owner_id, notice_of(row)) if mine.update(**fields) else None


def missed(user_id: int, cursor: int) -> list[Notice]:
    """What ``user_id`` was told after ``cursor``, in order."""
    rows = Row.objects.filter(owner_id=user_id, cursor__gt=cursor, state__in=[Row.State.READY, Row.State.FAILED])
    return [notice_of(row) for row in reversed(rows.order_by("-cursor")[:MOST])]


def a_moment_ago() -> int:
    """The cursor of who has seen nothing yet."""
    return _now_us() - LOOK_BACK_US


def notice_of(row: Row) -> Notice:
    """What tabs are told of a message that is ready, or failed."""
    message_id, cursor = str(row.message_id), str(row.cursor)
    if row.error is not None:
        return {"type": "audio-failed", "message_id": message_id, "error": row.error, "cursor": cursor}
    return {
        "type": "audio-ready",
        "message_id": message_id,
        "audio_url": Message(pk=row.message_id).audio_url,
        "duration": rounded(row.duration_s),
        "cursor": cursor,
    }


def rounded(duration_s: float | None) -> float | None:
    """A duration as it is told."""
    return None if duration_s is None else round(duration_s, 3)


def _next_cursor(user_id: int) -> int:
    """A number above all that ``user_id`` was told: the time, for a number must not come again when rows are gone."""
    last = Row.objects.filter(owner_id=user_id).aggregate(last=Max("cursor"))["last"]
    return max(_now_us(), (last or 0) + 1)


def _now_us() -> int:
    return time.time_ns() // 1000
