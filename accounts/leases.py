"""Keeps alive what this process has set aside, and returns what others set aside and never came back for."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from accounts import settling, workers
from accounts.quota import lease_ends_at, open_permits

ROUNDS_A_LEASE: Final = 3
"""A round may fail, and the next one still comes in time."""

log = structlog.get_logger(__name__)


async def keep_leases() -> None:
    """Renew and return, for as long as the process serves."""
    while True:
        await asyncio.sleep(settings.TTS_LEASE_SECONDS / ROUNDS_A_LEASE)
        try:
            returned = await workers.run(_look_after, list(open_permits))
        except DatabaseError as error:
            log.warning("leases_failed", error=type(error).__name__)
            continue
        if returned:
            log.warning("reservations_lapsed", reservations=returned)


def _look_after(permits: list[str]) -> int:
    now = timezone.now()
    if permits:
        settling.renew(permits, lease_ends_at(now))
    return settling.lapse(now)
