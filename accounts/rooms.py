"""What may be used in a room, as it was a moment ago."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.limits import Limits
from accounts.models import Quota
from accounts.recent import Recent
from accounts.resolving import limits_of_room

recent_rooms: Final[Recent[str, Limits]] = Recent()


def limits_of(room: str) -> Limits:
    """The limits of ``room``; a query if nobody asked just now, for a thread of the database's."""
    limits = recent_rooms.get(room)
    if limits is None:
        limits = limits_of_room(room)
        recent_rooms.put(room, limits)
    return limits


@receiver([post_save, post_delete], sender=Quota)
def _noticed(**_: object) -> None:
    """Once it is there for all to see."""
    transaction.on_commit(recent_rooms.clear)
