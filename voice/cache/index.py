"""What is known of each piece of stored audio: the rows of TtsCache, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from accounts.recent import Recent
from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId
from voice.models import TtsCache

_BY_KEY: Final = f"SELECT * FROM {TtsCache._meta.db_table} WHERE key = %s"  # noqa: S608, SLF001  # no text from outside
"""Every miss asks this. To have Django write it anew each time costs four times what it takes to answer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A complete piece of audio in the store."""

    key: str
    voice: VoiceId
    model: str
    format: AudioFormat
    path: str
    duration_s: float
    size_bytes: int

    @classmethod
    def of(cls, row: TtsCache) -> Self:
        """The value of a row."""
        voice = VoiceId(row.provider, row.voice)
        return cls(row.key, voice, row.model, AudioFormat(row.format), row.path, row.duration_s, row.size_bytes)


recent_entries: Final[Recent[str, Entry]] = Recent()
"""Entries that were found a moment ago."""


def find(key: str, now: datetime) -> Entry | None:
    """The entry of ``key``, unless it has expired."""
    row = next(iter(TtsCache.objects.raw(_BY_KEY, [key])), None)
    return Entry.of(row) if row and row.expires_at > now else None


def record(entry: Entry, now: datetime, ttl_s: int) -> None:
    """Note that ``entry`` is in the store, for ``ttl_s`` from now: one statement, whoever else notes the same."""
    recent_entries.drop(entry.key)
    row = TtsCache(
        key=entry.key,
        provider=entry.voice.provider,
        voice=entry.voice.name,
        model=entry.model,
        format=entry.format.value,
        path=entry.path,
        duration_s=entry.duration_s,
        size_bytes=entry.size_bytes,
        created_at=now,
        expires_at=now + timedelta(seconds=ttl_s),
        last_accessed_at=now,
    )
    made_anew = ["duration_s", "size_bytes", "created_at", "expires_at", "last_accessed_at", "timing"]
    TtsCache.objects.bulk_create([row], update_conflicts=True, unique_fields=["key"], update_fields=made_anew)
