from __future__ import annotations

from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from tests.keeping import keep, kept
from voice.cache.index import recent_entries
from voice.cache.pruning import discard, let_all_go
from voice.cache.pruning.letting_go import Gone, _forget_lost, let_go
from voice.cache.store import audio_store
from voice.models import TtsCache

pytestmark = pytest.mark.django_db(transaction=True)


async def test_discarding_twice_does_no_harm() -> None:
    entry = await keep("a")
    await discard(entry)
    await discard(entry)
    assert await kept() == ""
    assert await audio_store().find(entry.path) is None


async def test_what_is_let_go_is_no_longer_in_memory_either() -> None:
    entry = await keep("a")
    recent_entries.put(entry.key, entry)
    audio_store().warm(entry.path, b"tone")
    await discard(entry)
    assert recent_entries.get(entry.key) is None
    assert audio_store().hot(entry.path) is None


async def test_it_tells_how_much_has_gone() -> None:
    await keep("a", 10)
    await keep("b", 20)
    assert await let_all_go(TtsCache.objects.all()) == Gone(2, 30, 0)
    assert await let_go(TtsCache.objects.all()) == Gone()


async def test_what_is_no_longer_to_go_when_its_turn_comes_stays() -> None:
    entry = await keep("a", lives_s=0)
    leaving = TtsCache.objects.filter(expires_at__lte=timezone.now())
    assert await leaving.acount() == 1
    await keep("a", lives_s=1000)  # made anew meanwhile
    assert await let_all_go(leaving) == Gone()
    assert await audio_store().find(entry.path) is not None


async def test_a_file_that_cannot_be_deleted_frees_nothing_and_is_counted(cache_dir: Path) -> None:
    stuck, fine = await keep("a", 10), await keep("b", 20)
    (cache_dir / stuck.path).unlink()
    (cache_dir / stuck.path).mkdir()
    (cache_dir / stuck.path / "inside").touch()
    assert await let_all_go(TtsCache.objects.all()) == Gone(2, 20, 1)
    assert not (cache_dir / fine.path).exists()


async def test_what_came_back_without_a_file_is_forgotten() -> None:
    lost, there = await keep("a", with_file=False), await keep("b")
    await sync_to_async(_forget_lost)([lost.key, there.key])
    assert await kept() == "b"
