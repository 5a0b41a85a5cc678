from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.keeping import keep, kept
from voice.cache.pruning.inventory import known_names, stored_names
from voice.cache.pruning.letting_go import let_all_go
from voice.cache.pruning.orphans import Stray, lost_files, rows_without_files, strays

sets_of_names = st.sets(st.text("0123456789abcdef.", max_size=4))

HOUR_S = 3600.0
KEY = "0123456789abcdef" * 4


@given(sets_of_names, sets_of_names)
def test_a_stray_is_what_stands_on_one_side_only(files: set[str], rows: set[str]) -> None:
    expected = {Stray(name, is_file=True) for name in files - rows}
    expected |= {Stray(name, is_file=False) for name in rows - files}
    found = list(strays(sorted(files), sorted(rows)))
    assert set(found) == expected
    assert len(found) == len(expected)


def ten_minutes_ago() -> datetime:
    return timezone.now() - timedelta(minutes=10)


def lay(cache_dir: Path, name: str, *, ago_s: float) -> Path:
    """A file that was written so long ago."""
    path = cache_dir / "tts-cache" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"tone")
    written_at = timezone.now().timestamp() - ago_s
    os.utime(path, (written_at, written_at))
    return path


async def listed(names: Callable[[], Iterator[str]]) -> list[str]:
    return await sync_to_async(lambda: list(names()))()


def lost() -> set[str]:
    """The names of the files that are found to be lost."""
    found = list(strays(stored_names(), known_names()))
    return {Path(file.path).name for file in lost_files(found, ten_minutes_ago())}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "ago_s", "is_lost"),
    [
        (f"{KEY}.mp3", HOUR_S, True),
        (f"{KEY}.opus", HOUR_S, True),
        (f"{KEY}.mp3", 60, False),  # its row may still be coming
        (f".{KEY}.mp3.1f2e3d4c.partial", HOUR_S, True),  # nobody writes one file for an hour
        (f".{KEY}.mp3.1f2e3d4c.partial", 60, False),
        (f"{KEY}.txt", HOUR_S, False),
        (f"{KEY[:-1]}.mp3", HOUR_S, False),
        ("README", HOUR_S, False),
        (".gitkeep", HOUR_S, False),
        ("lost+found", HOUR_S, False),
    ],
)
def test_only_old_files_that_are_ours_are_lost(cache_dir: Path, name: str, ago_s: float, is_lost: bool) -> None:
    lay(cache_dir, name, ago_s=ago_s)
    assert lost() == ({name} if is_lost else set())


@pytest.mark.django_db(transaction=True)
async def test_a_file_that_has_got_its_row_meanwhile_is_not_lost(cache_dir: Path) -> None:
    lay(cache_dir, f"{'a' * 64}.mp3", ago_s=HOUR_S)
    found = list(strays(await listed(stored_names), []))
    assert len(await sync_to_async(lost_files)(found, ten_minutes_ago())) == 1
    await keep("a", with_file=False)
    assert await sync_to_async(lost_files)(found, ten_minutes_ago()) == []


@pytest.mark.django_db(transaction=True)
async def test_a_file_that_has_gone_meanwhile_is_not_lost(cache_dir: Path) -> None:
    path = lay(cache_dir, f"{KEY}.mp3", ago_s=HOUR_S)
    found = list(strays([path.name], []))
    path.unlink()
    assert await sync_to_async(lost_files)(found, ten_minutes_ago()) == []


@pytest.mark.django_db(transaction=True)
async def test_old_rows_whose_file_is_gone_are_found_and_no_others() -> None:
    await keep("a", made_ago_s=HOUR_S, with_file=False)
    await keep("b", made_ago_s=60, with_file=False)
    await keep("c", made_ago_s=HOUR_S)
    suspects = [Stray(f"{letter * 64}.mp3", is_file=False) for letter in "abc"]
    rows = await sync_to_async(rows_without_files)(suspects, ten_minutes_ago())
    await let_all_go(rows)
    assert await kept() == "bc"


@pytest.mark.django_db(transaction=True)
def test_where_nothing_was_ever_kept_nothing_is_stored() -> None:
    assert list(stored_names()) == []


@pytest.mark.django_db(transaction=True)
async def test_known_names_come_in_the_order_of_stored_ones(cache_dir: Path) -> None:
    for letter in "9fa03":
        await keep(letter)
    known = await listed(known_names)
    assert known == await listed(stored_names) == sorted(known)
