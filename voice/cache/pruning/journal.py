"""A run in the books: what it has freed is written down once a second, so that one that is killed is not forgotten."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from django.db import DatabaseError
from django.utils import timezone

from voice.models import PruningRun

WRITE_EVERY_S: Final = 1.0


@dataclass(slots=True)
class Tally:
    """What a run has come to so far. ``records`` are other rows; ``failures``, files that could not be deleted."""

    expired: int = 0
    evicted: int = 0
    orphan_files: int = 0
    orphan_rows: int = 0
    freed_bytes: int = 0
    records: int = 0
    failures: int = 0


class Journal:
    """``async with Journal(now) as journal`` is a run; without ``kept`` it is one nobody hears of."""

    def __init__(self, began_at: datetime, *, kept: bool) -> None:
        self.tally = Tally()
        self._run = PruningRun(began_at=began_at)
        self._kept = kept
        self._written_s = 0.0

    async def __aenter__(self) -> Self:
        await self._write()
        return self

    async def __aexit__(self, _kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        self._run.ended_at = timezone.now()
        if error is not None:
            self._run.error = type(error).__name__
        elif self.tally.failures:
            self._run.error = f"files that could not be deleted: {self.tally.failures}"
        with suppress(DatabaseError):  # where that is what ended it, it is told already
            await self._write()

    async def keep_up(self) -> None:
        """Write down how it stands, if that is a while ago.

        Raises:
            DatabaseError: it cannot be written.
        """
        if time.monotonic() - self._written_s >= WRITE_EVERY_S:
            await self._write()

    async def _write(self) -> None:
        run, tally = self._run, self.tally
        run.expired, run.evicted, run.freed_bytes = tally.expired, tally.evicted, tally.freed_bytes
        run.orphan_files, run.orphan_rows = tally.orphan_files, tally.orphan_rows
        if self._kept:
            await run.asave()
        self._written_s = time.monotonic()
