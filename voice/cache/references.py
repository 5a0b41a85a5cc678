"""Who asked for which audio, for which message: written behind. It decides what goes with a message or an account."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import transaction

from accounts.account import Account
from accounts.models import User
from accounts.recent import Recent
from accounts.write_behind import WriteBehind
from voice.cache.pruning.unreferenced import let_go_unreferenced
from voice.models import AudioReference, Message


class Reference(NamedTuple):
    """Somebody's to a piece of audio; ``message`` is empty where it was asked for without one."""

    key: str
    user_id: int
    message: str


def _write(noted: dict[Reference, None]) -> None:
    """Keep those whose user and message are still there; audio that outlived its message goes now."""
    standing = set(_standing(noted))
    rows = [
        AudioReference(key=key, user_id=user_id, message_id=UUID(message) if message else None)
        for key, user_id, message in sorted(standing)  # in one order: two processes then never wait for each other
    ]
    AudioReference.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if late := {reference.key for reference in noted if reference not in standing}:
        transaction.on_commit(partial(async_to_sync(let_go_unreferenced), late))


def _standing(noted: Iterable[Reference]) -> Iterable[Reference]:
    users = set(User.objects.filter(pk__in={one.user_id for one in noted}).values_list("pk", flat=True))
    asked = {UUID(one.message) for one in noted if one.message}
    messages = set(Message.objects.filter(pk__in=asked).values_list("pk", flat=True))
    for one in noted:
        if one.user_id in users and (not one.message or UUID(one.message) in messages):
            yield one


references: Final[WriteBehind[Reference, None]] = WriteBehind(_write, lambda _before, _after: None)

recent_references: Final[Recent[Reference, bool]] = Recent()
"""Noted a moment ago: what is heard again and again need not be written each time."""


def refer(account: Account | None, key: str) -> None:
    """Note that the audio of ``key`` was asked for; on the event loop. Commands ask on nobody's account."""
    if account is None:
        return
    reference = Reference(key, account.user_id, account.message)
    if recent_references.get(reference) is None:
        recent_references.put(reference, True)
        references.add(reference, None)
