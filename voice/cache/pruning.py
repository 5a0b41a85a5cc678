"""Keeps the cache within its time and its room."""

from __future__ import annotations

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.utils import timezone

from voice.cache import index
from voice.cache.index import Entry
from voice.cache.store import audio_store

log = structlog.get_logger(__name__)


async def make_room() -> None:
    """Let go what has expired, then what was unheard longest until the rest fits TTS_CACHE_MAX_BYTES.

    Raises:
        DatabaseError, OSError: the index or the storage failed half-way; the next write goes on from there.
    """
    leaving = await sync_to_async(_leaving)()
    for entry in leaving:
        await discard(entry)
    if leaving:
        log.info("cache_made_room", entries=len(leaving), bytes=sum(entry.size_bytes for entry in leaving))


async def discard(entry: Entry) -> None:
    """Remove an entry: first the row, so that nobody is sent to a file that is about to go."""
    await sync_to_async(index.forget)(entry.key)
    await audio_store().delete(entry.path)


def _leaving() -> list[Entry]:
    return index.expired(timezone.now()) or index.least_recently_used(settings.TTS_CACHE_MAX_BYTES)
