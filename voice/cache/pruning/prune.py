"""``manage.py prune_tts_cache``: everything that has to go, goes.

It goes in batches with pauses between them, so that nobody who listens meanwhile waits. What is left to do stands in
the tables alone: a run that was killed is simply run again, and two beside each other share the work.
"""

from __future__ import annotations

from django.core.files.storage import storages
from django.utils import timezone

from voice.cache import workers
from voice.cache.pruning.entries import clear_expired, clear_surplus
from voice.cache.pruning.housekeeping import clear_records
from voice.cache.pruning.journal import Journal, Tally
from voice.cache.pruning.orders import Orders, Watch
from voice.cache.pruning.run import Run
from voice.cache.pruning.sweeping import clear_orphans
from voice.cache.store import FOLDER


async def prune(orders: Orders, watch: Watch) -> Tally:
    """Let go what has to go; what that came to.

    Raises:
        DatabaseError, OSError: the index or the storage failed. What was let go until then is gone for good.
    """
    now = timezone.now()
    async with Journal(now, kept=not orders.dry_run) as journal:
        run = Run(orders, now, journal, watch)
        await workers.run(storages["audio"].exists, f"{FOLDER}/ready")  # best found out before the first row goes
        expired = await clear_expired(run)
        surplus = await clear_surplus(run)
        if orders.orphans:
            await clear_orphans(run, [expired, surplus])
        await clear_records(run)
    return journal.tally
