"""The first stages of a run: entries whose time is over, then those that are too many."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from voice.cache import workers
from voice.cache.pruning import leaving
from voice.cache.pruning.letting_go import Gone, let_go
from voice.cache.pruning.run import Run
from voice.models import TtsCache


async def clear_expired(run: Run) -> QuerySet[TtsCache]:
    """Let go what has expired, or is older than was ordered; which entries those are, or were."""
    overdue = leaving.overdue(run.now, run.orders.older_than)
    await clear(run, overdue, "expired", "what has expired")
    return overdue


async def clear_surplus(run: Run) -> QuerySet[TtsCache]:
    """Let go what was unheard longest, until the rest fits; which entries those are, or were."""
    staying = leaving.staying(run.now, run.orders.older_than)
    surplus = await workers.run(leaving.surplus, staying, run.orders.max_bytes)
    await clear(run, surplus, "evicted", "what was unheard longest")
    return surplus


async def clear(run: Run, which: QuerySet[TtsCache], counter: str, doing: str) -> None:
    """Let go all of ``which``; or count it, if that was ordered."""
    total = await workers.run(_sum, which)
    if run.orders.dry_run:
        await run.note(counter, total)
        return
    run.watch.begin(doing, total.entries)
    while (gone := await run.in_turn(let_go(which))).entries:
        run.watch.step(gone.entries)
        await run.note(counter, gone)


def _sum(which: QuerySet[TtsCache]) -> Gone:
    return Gone(which.count(), which.aggregate(total=Sum("size_bytes"))["total"] or 0)
