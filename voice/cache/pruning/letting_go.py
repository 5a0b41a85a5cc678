"""Letting entries go, some at a time: their rows in one short transaction, then their files.

The rows go first, so that nobody is sent to a file that is about to go. Who is killed in between leaves files of which
nothing is known, and those are found by ``orphans``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet

from voice.cache import workers
from voice.cache.index import Entry, recent_entries
from voice.cache.store import audio_store
from voice.models import AudioReference, TtsCache

BATCH: Final = 100
"""SQLite lets one write at a time, and this many rows take it some 5 ms: nobody waits for longer."""

AT_ONCE: Final = 13
"""Files that one thread deletes. A storage across a network then has a batch deleted by several of them."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gone:
    """What was let go. ``failures`` are files that could not be deleted, and count as orphans from now on."""

    entries: int = 0
    size_bytes: int = 0
    failures: int = 0

    def __add__(self, other: Gone) -> Gone:
        return Gone(self.entries + other.entries, self.size_bytes + other.size_bytes, self.failures + other.failures)


async def let_go(leaving: QuerySet[TtsCache], *, wait: bool = False) -> Gone:
    """Let go the first BATCH of ``leaving``; nothing, when there are none left.

    Entries that others are letting go, or noting as heard, at this moment are left out, unless it is to ``wait``.

    Raises:
        DatabaseError: the index cannot be written.
    """
    entries = await workers.run(_take, leaving, wait=wait)
    if not entries:
        return Gone()
    for entry in entries:
        recent_entries.drop(entry.key)
    stuck = await delete_files([entry.path for entry in entries])
    await workers.run(_forget_lost, [entry.key for entry in entries])
    freed_bytes = sum(entry.size_bytes for entry in entries if entry.path not in stuck)
    return Gone(len(entries), freed_bytes, len(stuck))


async def let_all_go(leaving: QuerySet[TtsCache], *, wait: bool = False) -> Gone:
    """Let go all of ``leaving``, as ``let_go`` does.

    Raises:
        DatabaseError: the index cannot be written; some may have gone.
    """
    gone = Gone()
    while (batch := await let_go(leaving, wait=wait)).entries:
        gone += batch
    return gone


async def discard(entry: Entry) -> None:
    """Let go one entry; it may be gone already.

    Raises:
        DatabaseError: the index cannot be written.
    """
    await let_go(TtsCache.objects.filter(key=entry.key), wait=True)


async def delete_files(paths: Sequence[str]) -> set[str]:
    """Delete files that may be gone already; those that could not be, each of which is logged."""
    for path in paths:
        audio_store().cool(path)
    starts = range(0, len(paths), AT_ONCE)
    return set().union(*await asyncio.gather(*(workers.run(_delete, paths[at : at + AT_ONCE]) for at in starts)))


def _take(leaving: QuerySet[TtsCache], *, wait: bool) -> list[Entry]:
    """Take some rows out of the index, with everybody's references to them."""
    in_turn = leaving.order_by("key") if wait else leaving  # the order of touches: who waits is never waited for
    with transaction.atomic():
        rows = list(in_turn.select_for_update(skip_locked=not wait)[:BATCH])
        keys = [row.key for row in rows]
        if keys:
            references = AudioReference.objects.filter(key__in=keys)
            references._raw_delete(references.db)  # noqa: SLF001  # without signals: the audio goes already
            TtsCache.objects.filter(key__in=keys).delete()
    return [Entry.of(row) for row in rows]


def _delete(paths: Sequence[str]) -> set[str]:
    """Delete files, one after the other; those that could not be."""
    stuck = set()
    for path in paths:
        try:
            storages["audio"].delete(path)
        except OSError as error:
            stuck.add(path)
            log.warning("cache_failed", step="delete", path=path, error=type(error).__name__)
    return stuck


def _forget_lost(keys: list[str]) -> None:
    """Take back what was made anew between its row's end and its file's: that was the new one's file."""
    for row in TtsCache.objects.filter(key__in=keys):
        if not storages["audio"].exists(row.path):
            TtsCache.objects.filter(key=row.key, created_at=row.created_at).delete()
