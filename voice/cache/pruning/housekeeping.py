"""The last stage of a run: rows that only tell of what was."""

from __future__ import annotations

from voice.cache import workers
from voice.cache.pruning import records
from voice.cache.pruning.letting_go import Gone
from voice.cache.pruning.run import Run


async def clear_records(run: Run) -> None:
    """Delete old records and references to audio that is gone, and return what lapsed; or count the first two.

    Raises:
        DatabaseError: they cannot be read or deleted.
    """
    if run.orders.dry_run:
        counted = [await workers.run(rows.count) for rows in [*records.outdated(run.now), records.dangling()]]
        await run.note("records", Gone(sum(counted)))
        return
    for rows in records.outdated(run.now):
        while deleted := await run.in_turn(workers.run(records.delete_some, rows)):
            await run.note("records", Gone(deleted))
    await _clear_references(run)
    await workers.run(records.return_what_lapsed, run.now)


async def _clear_references(run: Run) -> None:
    deleted, last = await run.in_turn(workers.run(records.delete_dangling, 0))
    while last:
        await run.note("records", Gone(deleted))
        deleted, last = await run.in_turn(workers.run(records.delete_dangling, last))
