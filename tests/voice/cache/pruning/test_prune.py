"""A whole run, on every kind of storage."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.core.files.storage import storages
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Reservation, Spending, User
from tests.conftest import _keep_audio, keep_audio_in_s3
from tests.keeping import keep, kept
from voice.cache.pruning.journal import Tally
from voice.cache.pruning.orders import Orders
from voice.cache.pruning.prune import prune
from voice.cache.store import audio_store
from voice.models import AudioReference, ProviderCall, PruningRun

pytestmark = pytest.mark.django_db(transaction=True)

ALL_AT_ONCE = timedelta(0)
HOUR_S = 3600
ORPHAN = f"tts-cache/{'f' * 64}.mp3"


class Watcher:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[list[object]] = []

    def begin(self, doing: str, total: int) -> None:
        self.shown.append([doing, total, 0])

    def step(self, count: int) -> None:
        self.shown[-1][2] += count  # type: ignore[operator]


@pytest.fixture(params=["disk", "memory", "s3"])
def storage(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Ours on a disk, one that can do no more than Django asks of it, and an object store."""
    if request.param == "memory":
        _keep_audio(settings, "file", {"BACKEND": "django.core.files.storage.InMemoryStorage"})
    if request.param == "s3":
        request.getfixturevalue("bucket")
    return str(request.param)


async def fill() -> None:
    """Two that have expired, one unheard for long, one that is wanted, a file without a row, a row without a file."""
    await keep("a", 10, lives_s=-5, heard_ago_s=9)
    await keep("b", 20, lives_s=-9, heard_ago_s=9)
    await keep("c", 30, heard_ago_s=5)
    await keep("d", 40, heard_ago_s=1)
    await keep("e", 0, heard_ago_s=1, with_file=False)
    await sync_to_async(audio_store().save)(ORPHAN, bytes(50))


FILLED = Tally(expired=2, evicted=1, orphan_files=1, orphan_rows=1, freed_bytes=110)


async def there(path: str) -> bool:
    return await sync_to_async(storages["audio"].exists)(path)


async def test_everything_goes_that_has_to(storage: str) -> None:
    await fill()
    assert await prune(Orders(max_bytes=40, spared=ALL_AT_ONCE), Watcher()) == FILLED
    assert await kept() == "d"
    assert [letter for letter in "abcdef" if await there(f"tts-cache/{letter * 64}.mp3")] == ["d"]


async def test_a_dry_run_counts_the_same_and_touches_nothing(storage: str) -> None:
    await fill()
    orders = Orders(max_bytes=40, spared=ALL_AT_ONCE, dry_run=True)
    assert await prune(orders, Watcher()) == FILLED
    assert await kept() == "abcde"
    assert await there(ORPHAN)
    assert not await PruningRun.objects.aexists()


async def test_run_again_it_finds_nothing(storage: str) -> None:
    await fill()
    orders = Orders(max_bytes=40, spared=ALL_AT_ONCE)
    await prune(orders, Watcher())
    assert await prune(orders, Watcher()) == Tally()


async def test_what_is_young_is_no_orphan() -> None:
    await fill()
    tally = await prune(Orders(max_bytes=40), Watcher())
    assert (tally.orphan_files, tally.orphan_rows) == (0, 0)
    assert await kept() == "de"
    assert await there(ORPHAN)


async def test_without_orphans_the_storage_is_not_looked_through() -> None:
    await fill()
    tally = await prune(Orders(max_bytes=40, orphans=False, spared=ALL_AT_ONCE), Watcher())
    assert (tally.expired, tally.evicted, tally.orphan_files, tally.orphan_rows) == (2, 1, 0, 0)


async def test_a_row_that_goes_anyway_is_not_counted_twice_on_a_dry_run() -> None:
    await keep("a", lives_s=-5, with_file=False)
    await keep("b", 10, heard_ago_s=9, with_file=False)
    await keep("c", 10)
    tally = await prune(Orders(max_bytes=10, spared=ALL_AT_ONCE, dry_run=True), Watcher())
    assert (tally.expired, tally.evicted, tally.orphan_rows) == (1, 1, 0)


async def test_what_is_older_than_ordered_goes() -> None:
    await keep("a", made_ago_s=2 * HOUR_S)
    await keep("b", made_ago_s=HOUR_S / 2)
    tally = await prune(Orders(max_bytes=1000, older_than=timedelta(hours=1)), Watcher())
    assert tally.expired == 1
    assert await kept() == "b"


async def test_a_run_is_written_down_with_what_it_freed() -> None:
    await fill()
    await prune(Orders(max_bytes=40, spared=ALL_AT_ONCE), Watcher())
    run = await PruningRun.objects.aget()
    assert (run.expired, run.evicted, run.orphan_files, run.orphan_rows, run.freed_bytes) == (2, 1, 1, 1, 110)
    assert run.ended_at is not None
    assert run.ended_at > run.began_at
    assert run.error == ""


async def test_who_looks_on_is_shown_all_of_it() -> None:
    await fill()
    watcher = Watcher()
    await prune(Orders(max_bytes=40), watcher)
    assert watcher.shown == [
        ["what has expired", 2, 2],
        ["what was unheard longest", 1, 1],
        ["what belongs to nothing", 2, 2],
    ]


async def test_a_storage_that_cannot_be_looked_at_ends_it_before_anything_goes(settings: Settings) -> None:
    await keep("a", lives_s=-5)
    nobody = {"bucket_name": "none", "access_key": "a", "secret_key": "b", "endpoint_url": "http://127.0.0.1:9"}
    keep_audio_in_s3(settings, {**nobody, "region_name": "us-east-1"})
    with pytest.raises(OSError, match="EndpointConnectionError"):
        await prune(Orders(max_bytes=1000), Watcher())
    assert await kept() == "a"
    assert (await PruningRun.objects.aget()).error == "StoreFailed"


async def test_a_storage_that_lets_nothing_be_deleted_ends_it_and_that_is_written_down(cache_dir: Path) -> None:
    entry = await keep("a", lives_s=-5)
    (cache_dir / entry.path).unlink()
    (cache_dir / entry.path / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="not one file"):
        await prune(Orders(max_bytes=1000), Watcher())
    run = await PruningRun.objects.aget()
    assert (run.expired, run.freed_bytes, run.error) == (1, 0, "StorageRefuses")


async def test_one_file_that_cannot_be_deleted_does_not_end_it(cache_dir: Path) -> None:
    stuck = await keep("a", lives_s=-5)
    await keep("b", 20, lives_s=-5)
    (cache_dir / stuck.path).unlink()
    (cache_dir / stuck.path / "inside").mkdir(parents=True)
    tally = await prune(Orders(max_bytes=1000), Watcher())
    assert (tally.expired, tally.freed_bytes, tally.failures) == (2, 20, 1)
    assert (await PruningRun.objects.aget()).error == "files that could not be deleted: 1"


async def test_old_records_go_and_newer_ones_stay(settings: Settings) -> None:
    settings.TTS_RECORDS_KEPT_DAYS = 30
    facts = {"provider": "local", "voice": "heart", "characters": 1, "duration_s": 1.0, "outcome": "spoke"}
    for days in (29, 31):
        then = timezone.now() - timedelta(days=days)
        await ProviderCall.objects.acreate(created_at=then, **facts)
        await PruningRun.objects.acreate(began_at=then, ended_at=then)
    orders = Orders(max_bytes=1000)
    assert (await prune(Orders(max_bytes=1000, dry_run=True), Watcher())).records == 2
    assert (await prune(orders, Watcher())).records == 2
    assert await ProviderCall.objects.acount() == 1
    assert await PruningRun.objects.acount() == 2


async def test_references_to_audio_that_is_gone_go_and_others_stay(user: User) -> None:
    await keep("a")
    for letter in "ab":
        await AudioReference.objects.acreate(key=letter * 64, user=user)
    assert (await prune(Orders(max_bytes=1000), Watcher())).records == 1
    assert [reference.key[0] async for reference in AudioReference.objects.all()] == ["a"]


async def test_what_was_set_aside_and_never_settled_is_returned(user: User) -> None:
    now = timezone.now()
    days = {"day": now.date(), "month": now.date().replace(day=1)}
    amount = {"characters": 10, "milliseconds": 0, "microdollars": 0}
    spending = await Spending.objects.acreate(user=user, day_characters=10, month_characters=10, **days)
    await Reservation.objects.acreate(
        permit=uuid4().hex, spending=spending, expires_at=now - timedelta(minutes=1), **days, **amount
    )
    await prune(Orders(max_bytes=1000), Watcher())
    await spending.arefresh_from_db()
    assert (spending.day_characters, spending.month_characters) == (0, 0)
    assert not await Reservation.objects.aexists()
