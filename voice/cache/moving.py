"""Taking a cache from one storage to another, a piece at a time, while people listen.

Each row's file is taken along whole or not at all, and only then leaves where it was. So what is left to do can be seen
in the two storages: a run that was killed is simply run again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Final

import structlog
from django.core.files.storage import Storage
from django.db.models import QuerySet
from django.utils import timezone

from voice.cache import workers
from voice.models import TtsCache

BATCH: Final = 100
"""Rows that are read at once; as many of their files are on the way at a time as there are threads."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a run came to, in files: taken along, there already, gone from where they were, lost, and failed at."""

    copied: int = 0
    copied_bytes: int = 0
    there: int = 0
    removed: int = 0
    lost: int = 0
    failed: int = 0

    def __add__(self, other: Moved) -> Moved:
        return Moved(*(mine + more for mine, more in zip(astuple(self), astuple(other), strict=True)))


class StorageStopped(OSError):
    """Not one file of a batch could be moved: it makes no sense to go on."""


class Removal:
    """From one storage to another. With ``remove`` the files leave the first: nobody is to be playing from it then."""

    def __init__(self, source: Storage, target: Storage, *, remove: bool) -> None:
        self._source = source
        self._target = target
        self._remove = remove

    async def run(self, step: Callable[[int], None]) -> Moved:
        """Move every file that is known and has not expired; ``step`` is told of each batch.

        Raises:
            DatabaseError, StorageStopped: it came to nothing half-way.
        """
        moved, last = Moved(), ""
        while rows := await workers.run(_rows_after, last):
            batch = sum(await asyncio.gather(*(workers.run(self._move, row) for row in rows)), Moved())
            moved += batch
            if batch.failed == len(rows):
                raise StorageStopped
            last = rows[-1].key
            step(len(rows))
        return moved

    def _move(self, row: TtsCache) -> Moved:
        """Take one file along."""
        try:
            copied = self._copy(row)
            if not self._remove or not self._source.exists(row.path):
                return copied
            self._source.delete(row.path)
            return copied + Moved(removed=1)
        except FileNotFoundError:  # let go meanwhile, or never there: the next to ask has it made anew
            return Moved(lost=1)
        except OSError as error:
            log.warning("cache_failed", step="move", key=row.key, error=type(error).__name__, reason=error.strerror)
            return Moved(failed=1)

    def _copy(self, row: TtsCache) -> Moved:
        """Copy it, unless it is there: once nobody plays from the source any longer, what lies there is the newer."""
        try:
            there = self._target.size(row.path)
        except FileNotFoundError:
            there = None
        if there is not None and (self._remove or there == row.size_bytes):
            return Moved(there=1)
        with self._source.open(row.path) as file:
            self._target.save(row.path, file)
            return Moved(copied=1, copied_bytes=file.size)


def count() -> int:
    """How many files there are to be looked at."""
    return _known().count()


def _known() -> QuerySet[TtsCache]:
    return TtsCache.objects.filter(expires_at__gt=timezone.now())


def _rows_after(key: str) -> list[TtsCache]:
    return list(_known().filter(key__gt=key).order_by("key")[:BATCH])
