"""What the stages of one run have in common: its orders, its books, and the pauses it makes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from voice.cache.pruning.journal import Journal
from voice.cache.pruning.letting_go import Gone
from voice.cache.pruning.orders import Orders, Watch

T = TypeVar("T")

LEAST_PAUSE_S: Final = 0.002
PAUSE_SHARE: Final = 1.5
"""Of the time a batch took. Who waits to write to SQLite looks again from time to time, and should find it free."""


class StorageRefuses(OSError):
    """Not one file of a batch could be deleted: it makes no sense to go on."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of pruning, which began at ``now``."""

    orders: Orders
    now: datetime
    journal: Journal
    watch: Watch

    async def in_turn(self, batch: Awaitable[T]) -> T:
        """What comes of ``batch``; then a pause, somewhat longer, in which others write."""
        began_s = time.monotonic()
        result = await batch
        await asyncio.sleep(max((time.monotonic() - began_s) * PAUSE_SHARE, LEAST_PAUSE_S))
        return result

    async def note(self, counter: str, gone: Gone) -> None:
        """Add what has gone to ``counter``, one of the tally's, and write it down.

        Raises:
            StorageRefuses: none of it could be deleted.
            DatabaseError: it cannot be written.
        """
        tally = self.journal.tally
        setattr(tally, counter, getattr(tally, counter) + gone.entries)
        tally.freed_bytes += gone.size_bytes
        tally.failures += gone.failures
        await self.journal.keep_up()
        if gone.entries and gone.failures == gone.entries:
            raise StorageRefuses("not one file could be deleted")
