from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.keeping import keep, kept
from voice.cache.pruning import make_room
from voice.cache.pruning.letting_go import BATCH
from voice.models import TtsCache

pytestmark = pytest.mark.django_db(transaction=True)


async def test_what_has_expired_goes_with_its_file(cache_dir: Path) -> None:
    old = await keep("a", lives_s=0)
    new = await keep("b")
    await make_room()
    assert await kept() == "b"
    assert not (cache_dir / old.path).exists()
    assert (cache_dir / new.path).exists()


async def test_above_the_cap_what_was_unheard_longest_goes(settings: Settings) -> None:
    settings.TTS_CACHE_MAX_BYTES = 25
    for letter, heard_ago_s in (("a", 3), ("b", 9), ("c", 1), ("d", 6)):
        await keep(letter, heard_ago_s=heard_ago_s)
    await make_room()
    assert await kept() == "ac"


async def test_within_the_cap_everything_stays(settings: Settings) -> None:
    settings.TTS_CACHE_MAX_BYTES = 20
    await keep("a", heard_ago_s=5)
    await keep("b", heard_ago_s=5)
    await make_room()
    assert await kept() == "ab"


async def test_more_than_a_batch_goes_at_once() -> None:
    entry = await keep("a", lives_s=0)
    row = await TtsCache.objects.aget(key=entry.key)
    numbered = [(f"{number:064}", f"tts-cache/{number}.mp3") for number in range(2 * BATCH)]
    facts = {field.attname: getattr(row, field.attname) for field in TtsCache._meta.concrete_fields}
    await TtsCache.objects.abulk_create([TtsCache(**facts | {"key": key, "path": path}) for key, path in numbered])
    await make_room()
    assert await kept() == ""
