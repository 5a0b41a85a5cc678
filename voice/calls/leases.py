"""Messages whose audio is being made ahead: which process has which, until when, and what was left by one that is gone.

All of it blocks: for a thread of the database's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.quota import lease_ends_at
from voice.models import Message
from voice.models import SpokenMessage as Row

WORKER: Final = uuid4().hex
"""This process."""

CROWD: Final = 10
"""So many processes may look at the same moment, and each finds one."""

_OPEN: Final = (Row.State.WAITING, Row.State.MAKING)


def lease(message: Message, owner_id: int) -> None:
    """Have this process make the audio of a ``message`` that is just being written."""
    Row.objects.create(
        message=message,
        owner_id=owner_id,
        state=Row.State.MAKING,
        worker=WORKER,
        leased_until=lease_ends_at(timezone.now()),
    )


def queue(messages: Iterable[Message], owner_id: int) -> list[Message]:
    """Have the audio of ``messages`` wait its turn in this process; those of them that nobody makes already."""
    return [message for message in messages if _queued(message, owner_id)]


def _queued(message: Message, owner_id: int) -> bool:
    waiting = {
        "state": Row.State.WAITING,
        "worker": WORKER,
        "leased_until": lease_ends_at(timezone.now()),
        "attempts": 1,
    }
    row, is_new = Row.objects.get_or_create(message=message, defaults={"owner_id": owner_id, **waiting})
    return is_new or bool(Row.objects.filter(pk=row.pk).exclude(state__in=_OPEN).update(**waiting))


def begin(message_id: UUID) -> bool:
    """Say that the turn of a message of this process has come; whether it is still waited for."""
    return bool(_mine([message_id]).update(state=Row.State.MAKING))


def renew(message_ids: Sequence[UUID]) -> None:
    """Keep what this process makes."""
    _mine(message_ids).update(leased_until=lease_ends_at(timezone.now()))


def release(message_ids: Sequence[UUID]) -> None:
    """Leave to others what this process will not finish."""
    _mine(message_ids).update(state=Row.State.WAITING, leased_until=timezone.now() - timedelta(seconds=1))


def drop(message_ids: Sequence[UUID]) -> None:
    """Have nobody make what this process has not finished: nobody is there to hear it, or it may not be."""
    _mine(message_ids).update(state=Row.State.DROPPED)


def take_over() -> Row | None:
    """One message that a process left behind, which is this one's now; None when there is none.

    Whoever else looks at the same moment finds it taken: it is taken only as it was seen.
    """
    now = timezone.now()
    left = Row.objects.filter(state__in=_OPEN, leased_until__lt=now).order_by("leased_until")
    for row in left.select_related("message__call", "owner__plan")[:CROWD]:
        seen = Q(pk=row.pk, state__in=_OPEN, leased_until=row.leased_until, worker=row.worker)
        taken = {"worker": WORKER, "leased_until": lease_ends_at(now), "state": Row.State.MAKING}
        if Row.objects.filter(seen).update(attempts=F("attempts") + 1, **taken):
            return row
    return None


def _mine(message_ids: Sequence[UUID]) -> QuerySet[Row]:
    return Row.objects.filter(pk__in=message_ids, worker=WORKER, state__in=_OPEN)
