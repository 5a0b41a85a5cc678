"""A cache on its way from a disk to an S3 server, and back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from tests.s3_server import S3Server
from voice.cache import index
from voice.cache.index import Entry
from voice.cache.moving import BATCH, Moved, Removal, StorageStopped
from voice.cache.storages import configured
from voice.cache.store import path_of
from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId
from voice.models import TtsCache

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("bucket")]


@pytest.fixture
def disk(cache_dir: Path) -> Storage:
    return configured("file")


@pytest.fixture
def store(bucket: str) -> Storage:
    return configured("s3")


def known(storage: Storage, name: str, data: bytes, *, lives_s: int = 1000) -> TtsCache:
    """A file in ``storage``, and its row."""
    key = name * 64
    path = path_of(key, AudioFormat.MP3)
    storage.save(path, ContentFile(data))
    entry = Entry(key, VoiceId("local", "heart"), "m", AudioFormat.MP3, path, 1.0, len(data))
    index.record(entry, timezone.now(), lives_s)
    return TtsCache.objects.get(pk=key)


def names(storage: Storage) -> set[str]:
    try:
        return {name[0] for name in storage.listdir("tts-cache")[1]}
    except FileNotFoundError:
        return set()


def content(storage: Storage, row: TtsCache) -> bytes:
    with storage.open(row.path) as file:
        data: bytes = file.read()
        return data


def moved(source: Storage, target: Storage, *, remove: bool) -> Moved:
    return asyncio.run(Removal(source, target, remove=remove).run(lambda _: None))


@pytest.fixture
def two(disk: Storage) -> list[TtsCache]:
    return [known(disk, "a", b"one"), known(disk, "b", bytes(20_000_000))]


def test_while_it_is_played_from_its_files_are_copied(disk: Storage, store: Storage, two: list[TtsCache]) -> None:
    assert moved(disk, store, remove=False) == Moved(copied=2, copied_bytes=20_000_003)
    assert names(disk) == names(store) == {"a", "b"}
    assert [content(store, row) for row in two] == [b"one", bytes(20_000_000)]


def test_once_it_is_not_they_leave(disk: Storage, store: Storage, two: list[TtsCache]) -> None:
    moved(disk, store, remove=False)
    known(disk, "c", b"made since")
    assert moved(disk, store, remove=True) == Moved(copied=1, copied_bytes=10, there=2, removed=3)
    assert (names(disk), names(store)) == (set(), {"a", "b", "c"})
    assert moved(disk, store, remove=True) == Moved(there=3)


def test_the_way_back_is_the_same(disk: Storage, store: Storage, two: list[TtsCache]) -> None:
    moved(disk, store, remove=True)
    assert moved(store, disk, remove=True) == Moved(copied=2, copied_bytes=20_000_003, removed=2)
    assert (names(disk), names(store)) == ({"a", "b"}, set())
    assert content(disk, two[1]) == bytes(20_000_000)


def test_what_has_expired_and_what_nothing_is_known_of_is_left(disk: Storage, store: Storage) -> None:
    known(disk, "a", b"old", lives_s=0)
    disk.save(path_of("b" * 64, AudioFormat.MP3), ContentFile(b"orphan"))
    assert moved(disk, store, remove=True) == Moved()
    assert (names(disk), names(store)) == ({"a", "b"}, set())


def test_what_was_made_anew_since_it_was_copied_is_copied_again(disk: Storage, store: Storage) -> None:
    known(disk, "a", b"once")
    moved(disk, store, remove=False)
    row = known(disk, "a", b"and again")
    assert (moved(disk, store, remove=False)).copied == 1
    assert content(store, row) == b"and again"


def test_what_was_made_anew_since_the_switch_is_not_replaced_by_what_was_before(disk: Storage, store: Storage) -> None:
    known(disk, "a", b"before")
    row = known(store, "a", b"after the switch")
    assert moved(disk, store, remove=True) == Moved(there=1, removed=1)
    assert content(store, row) == b"after the switch"


def test_a_row_whose_file_is_nowhere_is_counted(disk: Storage, store: Storage) -> None:
    row = known(disk, "a", b"one")
    disk.delete(row.path)
    assert moved(disk, store, remove=True) == Moved(lost=1)


def test_what_cannot_be_read_is_counted_and_the_others_go_on(
    disk: Storage, store: Storage, two: list[TtsCache], cache_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (cache_dir / two[0].path).unlink()
    (cache_dir / two[0].path).mkdir()
    done = moved(disk, store, remove=True)
    assert (done.copied, done.failed) == (1, 1)
    assert "cache_failed" in caplog.text
    assert (names(disk), names(store)) == (set(), {"b"})  # a folder is no file


def test_into_a_store_that_is_down_it_stops_at_the_first_batch(
    disk: Storage, store: Storage, s3: S3Server, two: list[TtsCache]
) -> None:
    row = two[0]
    many = [TtsCache(**{**fields(row), "key": f"{n:064x}", "path": f"tts-cache/{n:064x}.mp3"}) for n in range(BATCH)]
    TtsCache.objects.bulk_create(many)
    steps: list[int] = []
    with s3.down(), pytest.raises(StorageStopped):
        asyncio.run(Removal(disk, store, remove=True).run(steps.append))
    assert steps == []
    assert names(disk) == {"a", "b"}


def fields(row: TtsCache) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in TtsCache._meta.fields}
