"""The next stage of a run: files of which nothing is known, and entries whose file is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db.models import QuerySet

from voice.cache import workers
from voice.cache.pruning.inventory import known_names, stored_names
from voice.cache.pruning.letting_go import BATCH, Gone, delete_files, let_all_go
from voice.cache.pruning.orphans import Lost, lost_files, rows_without_files, some, strays
from voice.cache.pruning.run import Run
from voice.models import TtsCache


async def clear_orphans(run: Run, gone_before: Iterable[QuerySet[TtsCache]]) -> None:
    """Let go what stands on one side only; rows that are ``gone_before`` on a dry run are not counted twice.

    Raises:
        DatabaseError, OSError: the index or the storage cannot be read.
    """
    run.watch.begin("what belongs to nothing", await workers.run(TtsCache.objects.count))
    before = run.now - run.orders.spared
    found = strays(stored_names(), _watched(run, known_names()))
    while suspects := await workers.run(some, found, BATCH):
        files = await workers.run(lost_files, suspects, before)
        rows = await workers.run(rows_without_files, suspects, before)
        if run.orders.dry_run:
            await run.note("orphan_files", Gone(len(files), sum(file.size_bytes for file in files)))
            await run.note("orphan_rows", Gone(await workers.run(_without(rows, gone_before).count)))
        else:
            await run.note("orphan_files", await run.in_turn(_delete(files)))
            lost = await run.in_turn(let_all_go(rows))
            await run.note("orphan_rows", replace(lost, size_bytes=0))  # there was no file to free anything


async def _delete(files: Sequence[Lost]) -> Gone:
    stuck = await delete_files([file.path for file in files])
    return Gone(len(files), sum(file.size_bytes for file in files if file.path not in stuck), len(stuck))


def _without(rows: QuerySet[TtsCache], others: Iterable[QuerySet[TtsCache]]) -> QuerySet[TtsCache]:
    for other in others:
        rows = rows.exclude(pk__in=other.order_by().values("pk"))
    return rows


def _watched(run: Run, names: Iterator[str]) -> Iterator[str]:
    for name in names:
        yield name
        run.watch.step(1)
