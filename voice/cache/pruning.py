"""Keeps the cache within its time and its room."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Final

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.utils import timezone

from voice.cache import index
from voice.cache.index import Entry
from voice.cache.store import audio_store

CHECK_EVERY_S: Final = 60.0
CHECK_EVERY_SHARE: Final = 0.01
"""Adding up the sizes reads the whole index. The cache is let grow over its cap by this share of it before that."""

log = structlog.get_logger(__name__)


class Caretaker:
    """Decides when to look at how much is stored: not at every write."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next_s = 0.0
        self._written_bytes = 0

    def is_due(self, written_bytes: int, cap_bytes: int) -> bool:
        """Whether it is time, now that so many bytes more were written."""
        self._written_bytes += written_bytes
        if self._written_bytes < cap_bytes * CHECK_EVERY_SHARE and self._clock() < self._next_s:
            return False
        self._next_s, self._written_bytes = self._clock() + CHECK_EVERY_S, 0
        return True


@cache
def caretaker() -> Caretaker:
    """The one of this process."""
    return Caretaker()


async def make_room() -> None:
    """Let go what has expired, then what was unheard longest until the rest fits TTS_CACHE_MAX_BYTES.

    Raises:
        DatabaseError, OSError: the index or the storage failed half-way; the next write goes on from there.
    """
    expired = await sync_to_async(index.expired)(timezone.now())
    await _discard_all(expired, "expired")
    surplus = await sync_to_async(index.least_recently_used)(settings.TTS_CACHE_MAX_BYTES)
    await _discard_all(surplus, "least recently used")


async def discard(entry: Entry) -> None:
    """Remove an entry: first the row, so that nobody is sent to a file that is about to go."""
    await sync_to_async(index.forget)(entry.key)
    await audio_store().delete(entry.path)


async def _discard_all(entries: list[Entry], why: str) -> None:
    for entry in entries:
        await discard(entry)
    if entries:
        log.info("cache_made_room", why=why, entries=len(entries), bytes=sum(entry.size_bytes for entry in entries))
