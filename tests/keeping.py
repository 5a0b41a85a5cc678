"""Audio in the store and in the index, as old as a test wants it."""

from __future__ import annotations

from datetime import timedelta

from asgiref.sync import sync_to_async
from django.utils import timezone

from voice.cache import index
from voice.cache.index import Entry
from voice.cache.store import audio_store, path_of
from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId
from voice.models import TtsCache


async def keep(
    letter: str,
    size_bytes: int = 10,
    *,
    made_ago_s: float = 0,
    heard_ago_s: float = 0,
    lives_s: int = 1000,
    with_file: bool = True,
) -> Entry:
    """Keep a piece of audio whose key is ``letter`` over and over; it expires ``lives_s`` from now."""
    key = letter * 64
    path = path_of(key, AudioFormat.MP3)
    entry = Entry(key, VoiceId("local", "heart"), "m", AudioFormat.MP3, path, 1.0, size_bytes)
    if with_file:
        await sync_to_async(audio_store().save)(path, bytes(size_bytes))
    now = timezone.now()
    await sync_to_async(index.record)(entry, now, lives_s)
    ages = {
        "created_at": now - timedelta(seconds=made_ago_s),
        "last_accessed_at": now - timedelta(seconds=heard_ago_s),
    }
    await TtsCache.objects.filter(key=key).aupdate(**ages)
    return entry


async def kept() -> str:
    """The letters of the entries there are, in order."""
    return "".join([key[0] async for key in TtsCache.objects.order_by("key").values_list("key", flat=True)])
