"""Audio that nobody refers to any longer goes with the last who did: a message, a conversation, an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from voice.cache.pruning import leaving
from voice.cache.pruning.letting_go import BATCH, let_all_go
from voice.models import AudioReference

log = structlog.get_logger(__name__)


async def let_go_unreferenced(keys: Iterable[str]) -> None:
    """Let go the audio of those ``keys`` that nobody refers to any longer.

    It never fails those who deleted a message: what cannot go now is logged, and goes when it expires.
    """
    waiting = sorted(keys)
    for start in range(0, len(waiting), BATCH):
        some = waiting[start : start + BATCH]
        try:
            await let_all_go(leaving.unreferenced(some), wait=True)
        except (DatabaseError, OSError) as error:
            log.warning("cache_failed", step="let_go_unreferenced", keys=len(some), error=type(error).__name__)


class _Farewell:
    """What is to be looked at once a transaction is through."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def __call__(self) -> None:
        async_to_sync(let_go_unreferenced)(self.keys)


@receiver(post_delete, sender=AudioReference)
def _note(instance: AudioReference, **_: Any) -> None:
    """Look at the audio after the deletion, and not at all if that is taken back."""
    _farewell().keys.add(instance.key)


def _farewell() -> _Farewell:
    """The one of this transaction, so that all of a conversation is looked at together; begun, if there is none."""
    if connection.run_on_commit:
        savepoints, work = connection.run_on_commit[-1][:2]
        if isinstance(work, _Farewell) and savepoints == set(connection.savepoint_ids):
            return work
    farewell = _Farewell()
    transaction.on_commit(farewell)
    return farewell
