from __future__ import annotations

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db.models import QuerySet
from django.utils import timezone

from tests.keeping import keep
from voice.cache.pruning import leaving
from voice.models import TtsCache

pytestmark = pytest.mark.django_db(transaction=True)


async def letters(rows: QuerySet[TtsCache]) -> str:
    return "".join([row.key[0] async for row in rows])


async def surplus(cap_bytes: int) -> str:
    return await letters(await sync_to_async(leaving.surplus)(TtsCache.objects.all(), cap_bytes))


async def test_the_oldest_of_what_has_expired_comes_first() -> None:
    for letter, lives_s in (("a", -5), ("b", 60), ("c", -9), ("d", 0)):
        await keep(letter, lives_s=lives_s)
    now = timezone.now()
    assert await letters(leaving.overdue(now)) == "cad"
    assert await letters(leaving.staying(now)) == "b"


async def test_what_is_older_than_ordered_goes_though_it_has_not_expired() -> None:
    await keep("a", made_ago_s=500)
    await keep("b", made_ago_s=100)
    now, limit = timezone.now(), timedelta(seconds=300)
    assert await letters(leaving.overdue(now, limit)) == "a"
    assert await letters(leaving.staying(now, limit)) == "b"


@pytest.mark.parametrize(
    ("cap_bytes", "gone"), [(100, ""), (60, ""), (59, "c"), (50, "c"), (49, "ca"), (20, "ca"), (19, "cab"), (0, "cab")]
)
async def test_those_heard_last_stay_as_long_as_they_fit(cap_bytes: int, gone: str) -> None:
    for letter, size_bytes, heard_ago_s in (("a", 30, 5), ("b", 20, 1), ("c", 10, 9)):
        await keep(letter, size_bytes, heard_ago_s=heard_ago_s)
    assert await surplus(cap_bytes) == gone


async def test_of_those_heard_at_the_same_moment_no_more_go_than_must() -> None:
    for letter in "abcd":
        await keep(letter, 10)
    await TtsCache.objects.aupdate(last_accessed_at=timezone.now())
    assert sorted(await surplus(25)) == ["a", "b"]


async def test_asked_again_while_some_have_gone_it_names_the_rest_of_the_same() -> None:
    for number, letter in enumerate("abcdef"):
        await keep(letter, 10, heard_ago_s=10 - number)
    assert await surplus(30) == "abc"
    await TtsCache.objects.filter(key="a" * 64).adelete()
    assert await surplus(30) == "bc"


async def test_what_is_heard_meanwhile_stays() -> None:
    for letter in "ab":
        await keep(letter, 10, heard_ago_s=10)
    which = await sync_to_async(leaving.surplus)(TtsCache.objects.all(), 5)
    await TtsCache.objects.filter(key="a" * 64).aupdate(last_accessed_at=timezone.now())
    assert await letters(which) == "b"
