"""What a process that is gone had begun to make ahead is found and finished by whoever serves."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError

from accounts import workers
from accounts.account import Account
from accounts.leases import ROUNDS_A_LEASE
from accounts.resolving import account_for
from voice.calls import leases
from voice.calls.pregeneration import is_wanted, make, pregeneration, tell
from voice.domain.errors import SynthesisBroken
from voice.models import Message
from voice.notifications.journal import Outcome
from voice.notifications.telling import told
from voice.providers import catalogue

MOST_ATTEMPTS: Final = 3
"""What was begun so often and never finished may be what ends the processes."""

log = structlog.get_logger(__name__)


async def keep_leases() -> None:
    """Renew those of what is being made here, for as long as the process serves."""
    while True:
        await asyncio.sleep(_round_s())
        if pregeneration.message_ids:
            try:
                await workers.run(leases.renew, pregeneration.message_ids)
            except DatabaseError as error:
                log.warning("pregeneration_leases_failed", error=type(error).__name__)


async def finish_what_was_left() -> None:
    """Make what others left behind, one after the other, for as long as the process serves."""
    while True:
        try:
            while await _finish_one():
                pass
        except DatabaseError as error:
            log.warning("pregeneration_resuming_failed", error=type(error).__name__)
        await asyncio.sleep(_round_s())


async def _finish_one() -> bool:
    """Finish one message; whether there was any."""
    await catalogue.fresh()
    left = await workers.run(_left)
    if left is None:
        return False
    message, account, attempts = left
    if attempts >= MOST_ATTEMPTS:
        await tell(message.pk, Outcome(error=told(SynthesisBroken("It was begun several times and never finished."))))
    elif is_wanted(account):
        log.info("pregeneration_resumed", message_id=str(message.pk))
        await asyncio.wait({pregeneration.watch([message], make(message, account))})
    else:
        await workers.run(leases.drop, [message.pk])
    return True


def _left() -> tuple[Message, Account, int] | None:
    """A message somebody left behind, on whose account it is made, and how often it was begun before."""
    row = leases.take_over()
    return None if row is None else (row.message, account_for(row.owner), row.attempts)


def _round_s() -> float:
    return float(settings.TTS_LEASE_SECONDS) / ROUNDS_A_LEASE
