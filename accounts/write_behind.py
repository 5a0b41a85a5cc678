"""Small changes gathered in memory and written together, so that a hit costs no UPDATE."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from contextvars import Context
from typing import Final, Generic, TypeVar

import structlog
from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections, transaction
from prometheus_client import Counter

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

FLUSH_S: Final = 1.0
"""A crash loses at most this much."""

FAILURES = Counter("aloud_write_behind_failures_total", "Times counts could not be written, and were kept for later.")

log = structlog.get_logger(__name__)


class WriteBehind(Generic[K, V]):
    """Adds changes up by key and hands them to ``write`` once a second, in one transaction.

    ``merge`` adds two changes of one key. What cannot be written is kept and tried again with the next change.
    """

    def __init__(self, write: Callable[[dict[K, V]], None], merge: Callable[[V, V], V]) -> None:
        self._write = write
        self._merge = merge
        self._pending: dict[K, V] = {}
        self._scheduled_on: asyncio.AbstractEventLoop | None = None
        self._flushes: set[asyncio.Task[None]] = set()

    def add(self, key: K, change: V) -> None:
        """Take note of a change; call it on the event loop."""
        self._take(key, change)
        loop = asyncio.get_running_loop()
        if self._scheduled_on is not loop:  # in tests and commands one loop follows another
            self._scheduled_on = loop
            loop.call_later(FLUSH_S, self._start_flush, context=Context())

    async def flush(self) -> None:
        """Write what has gathered."""
        changes, self._pending = self._pending, {}
        if not changes:
            return
        try:
            await sync_to_async(self._commit)(changes)
        except DatabaseError as error:
            FAILURES.inc()
            log.warning("write_behind_failed", changes=len(changes), error=type(error).__name__)
            for key, change in changes.items():
                self._take(key, change)

    def _take(self, key: K, change: V) -> None:
        self._pending[key] = self._merge(self._pending[key], change) if key in self._pending else change

    def _start_flush(self) -> None:
        self._scheduled_on = None
        flush = asyncio.get_running_loop().create_task(self.flush())
        self._flushes.add(flush)  # the loop itself keeps only weak references to tasks
        flush.add_done_callback(self._flushes.discard)

    def _commit(self, changes: dict[K, V]) -> None:
        close_old_connections()
        with transaction.atomic():
            self._write(changes)
