from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from pytest_django import Settings

from tests.clock import Clock
from voice.cache import index
from voice.cache.index import Entry
from voice.cache.pruning import CHECK_EVERY_S, Caretaker, discard, make_room
from voice.cache.store import audio_store, path_of
from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId
from voice.models import TtsCache


def test_the_first_write_is_a_time_to_look() -> None:
    assert Caretaker(Clock(1000.0)).is_due(1, 1000)


def test_small_writes_are_looked_at_together() -> None:
    caretaker = Caretaker(Clock(1000.0))
    caretaker.is_due(1, 100_000)
    due = [caretaker.is_due(100, 100_000) for _ in range(30)]
    assert due == ([False] * 9 + [True]) * 3


def test_after_a_minute_it_looks_in_any_case() -> None:
    clock = Clock(1000.0)
    caretaker = Caretaker(clock)
    caretaker.is_due(1, 100_000)
    clock.now_s += CHECK_EVERY_S
    assert caretaker.is_due(1, 100_000)


async def stored(name: str, size_bytes: int, *, heard_ago_s: float, lives_s: int = 1000) -> Entry:
    key = name * 64
    entry = Entry(key, VoiceId("local", "heart"), "m", AudioFormat.MP3, path_of(key, AudioFormat.MP3), 1.0, size_bytes)
    audio_store().save(entry.path, bytes(size_bytes))
    now = timezone.now()
    await sync_to_async(index.record)(entry, now, lives_s)
    await TtsCache.objects.filter(key=key).aupdate(last_accessed_at=now - timedelta(seconds=heard_ago_s))
    return entry


async def keys() -> set[str]:
    return {key[0] async for key in TtsCache.objects.values_list("key", flat=True)}


@pytest.mark.django_db(transaction=True)
async def test_what_has_expired_goes_with_its_file(cache_dir: Path) -> None:
    old = await stored("a", 10, heard_ago_s=0, lives_s=0)
    new = await stored("b", 10, heard_ago_s=0)
    await make_room()
    assert await keys() == {"b"}
    assert not (cache_dir / old.path).exists()
    assert (cache_dir / new.path).exists()


@pytest.mark.django_db(transaction=True)
async def test_above_the_cap_what_was_unheard_longest_goes(settings: Settings) -> None:
    settings.TTS_CACHE_MAX_BYTES = 25
    for name, heard_ago_s in (("a", 3), ("b", 9), ("c", 1), ("d", 6)):
        await stored(name, 10, heard_ago_s=heard_ago_s)
    await make_room()
    assert await keys() == {"a", "c"}


@pytest.mark.django_db(transaction=True)
async def test_within_the_cap_everything_stays(settings: Settings) -> None:
    settings.TTS_CACHE_MAX_BYTES = 20
    await stored("a", 10, heard_ago_s=5)
    await stored("b", 10, heard_ago_s=5)
    await make_room()
    assert await keys() == {"a", "b"}


@pytest.mark.django_db(transaction=True)
async def test_discarding_twice_does_no_harm() -> None:
    entry = await stored("a", 10, heard_ago_s=0)
    await discard(entry)
    await discard(entry)
    assert await keys() == set()
    assert await audio_store().find(entry.path) is None


@pytest.mark.django_db(transaction=True)
async def test_recording_again_renews_the_entry_and_keeps_its_count() -> None:
    await stored("a", 10, heard_ago_s=100, lives_s=0)
    await TtsCache.objects.aupdate(access_count=7)
    await stored("a", 12, heard_ago_s=0)
    row = await TtsCache.objects.aget()
    assert (row.size_bytes, row.access_count) == (12, 7)
    assert row.expires_at > timezone.now()
