"""Looking audio up, and keeping it: neither ever fails the one who listens."""

from __future__ import annotations

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from prometheus_client import Counter

from voice.cache import index
from voice.cache.index import Entry, recent_entries
from voice.cache.pruning import caretaker, make_room
from voice.cache.store import StoredAudio, audio_store

_find = sync_to_async(index.find)  # wrapped once: wrapping costs more than the query

FAILURES = Counter("aloud_cache_failures_total", "Look-ups and writes of the cache that failed.", ["step"])

log = structlog.get_logger(__name__)


def look_up_hot(key: str) -> tuple[Entry, StoredAudio] | None:
    """The audio of ``key`` if it is in memory and was known to be there a moment ago: no I/O, no waiting."""
    entry = recent_entries.get(key) if settings.TTS_STORAGE != "off" else None
    audio = audio_store().hot(entry.path) if entry else None
    return (entry, audio) if entry and audio else None


async def look_up(key: str) -> tuple[Entry, StoredAudio] | None:
    """The audio of ``key``; None when it is not there, has expired, or cannot be read."""
    if settings.TTS_STORAGE == "off":
        return None
    if (hot := look_up_hot(key)) is not None:
        return hot
    try:
        entry = await _find(key, timezone.now())
        audio = await audio_store().find(entry.path) if entry else None
    except (DatabaseError, OSError) as error:
        _failed("look_up", key, error)
        return None
    if entry is None or audio is None:
        return None
    recent_entries.put(key, entry)
    return entry, audio


async def keep(entry: Entry, data: bytes) -> bool:
    """Store a complete piece of audio, then note it, then make room; whether it is there now."""
    try:
        await audio_store().keep(entry.path, data)
        await sync_to_async(_record)(entry)
    except (DatabaseError, OSError) as error:
        _failed("keep", entry.key, error)
        return False
    if not caretaker().is_due(entry.size_bytes, settings.TTS_CACHE_MAX_BYTES):
        return True
    try:
        await make_room()
    except (DatabaseError, OSError) as error:
        _failed("make_room", entry.key, error)
    return True


def _record(entry: Entry) -> None:
    close_old_connections()  # outside a request nobody else looks after this thread's connection
    index.record(entry, timezone.now(), settings.TTS_CACHE_TTL_SECONDS)


def _failed(step: str, key: str, error: Exception) -> None:
    FAILURES.labels(step).inc()
    log.warning("cache_failed", step=step, key=key, error=type(error).__name__)
