"""Looking audio up, and keeping it: neither ever fails the one who listens."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import Counter

from voice.cache import index, workers
from voice.cache.index import Entry, recent_entries
from voice.cache.pruning import caretaker, make_room
from voice.cache.store import StoredAudio, audio_store

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
        found = await workers.in_time(_find, key)
    except (DatabaseError, OSError) as error:
        _failed("look_up", key, error)
        return None
    if found is not None:
        entry, audio = found
        recent_entries.put(key, entry)
        audio_store().warm(entry.path, audio.data)
    return found


async def keep(entry: Entry, data: bytes) -> bool:
    """Store a complete piece of audio, then note it, then make room; whether it is there now.

    What cannot be stored is held in memory: its address is on its way to somebody who has yet to hear it.
    """
    try:
        await workers.run(_keep, entry, data)
    except (DatabaseError, OSError) as error:
        _failed("keep", entry.key, error)
        audio_store().hold(entry.path, data)
        return False
    audio_store().warm(entry.path, data)
    if not caretaker().is_due(entry.size_bytes, settings.TTS_CACHE_MAX_BYTES):
        return True
    try:
        await make_room()
    except (DatabaseError, OSError) as error:
        _failed("make_room", entry.key, error)
    return True


def _find(key: str) -> tuple[Entry, StoredAudio] | None:
    entry = index.find(key, timezone.now())
    audio = audio_store().open(entry.path) if entry else None
    return (entry, audio) if entry and audio else None


def _keep(entry: Entry, data: bytes) -> None:
    audio_store().save(entry.path, data)
    index.record(entry, timezone.now(), settings.TTS_CACHE_TTL_SECONDS)


def _failed(step: str, key: str, error: Exception) -> None:
    FAILURES.labels(step).inc()
    reason = error.strerror if isinstance(error, OSError) else None
    log.warning("cache_failed", step=step, key=key, error=type(error).__name__, reason=reason)
