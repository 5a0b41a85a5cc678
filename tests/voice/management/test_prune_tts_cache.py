"""``manage.py prune_tts_cache``, as cron and as somebody at a terminal run it."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.hoard import Hoard, on_disk
from tests.keeping import keep, kept
from tests.server import ROOT, AloudServer

HOUR_S = 3600


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> AloudServer:
    """An installation with a database in which nothing is yet."""
    house = AloudServer(tmp_path_factory.mktemp("new"))
    house.manage("migrate", "--verbosity=0")
    return house


@pytest.fixture
def house(new: AloudServer, tmp_path: Path) -> AloudServer:
    """One of a test's own, in which nobody serves."""
    shutil.copy(new.database, tmp_path)
    return AloudServer(tmp_path)


def prune(house: AloudServer, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "prune_tts_cache", *arguments]
    return subprocess.run(command, cwd=ROOT, env=house.env, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.django_db(transaction=True)
class TestOptions:
    """What can be asked of it."""

    @pytest.fixture(autouse=True)
    def filled(self) -> None:
        async_to_sync(keep)("a", lives_s=-5)
        async_to_sync(keep)("b", made_ago_s=2 * HOUR_S, heard_ago_s=9)
        async_to_sync(keep)("c", made_ago_s=HOUR_S / 2, heard_ago_s=1)

    def test_alone_it_keeps_within_time_and_cap(self, settings: Settings) -> None:
        settings.TTS_CACHE_MAX_BYTES = 10
        told = call_command("prune_tts_cache")
        assert told == (
            "Let go 1 expired, 1 unheard longest, 0 orphan files, 0 orphan rows, 0 old records: 20 bytes freed."
        )
        assert async_to_sync(kept)() == "c"

    def test_another_cap(self) -> None:
        call_command("prune_tts_cache", "--max-bytes", "10")
        assert async_to_sync(kept)() == "c"

    def test_a_cap_of_nothing_empties_it(self) -> None:
        call_command("prune_tts_cache", "--max-bytes=0")
        assert async_to_sync(kept)() == ""

    def test_an_age(self) -> None:
        call_command("prune_tts_cache", "--older-than", "1h")
        assert async_to_sync(kept)() == "c"

    def test_a_dry_run(self) -> None:
        told = call_command("prune_tts_cache", "--dry-run", "--max-bytes=10", "--older-than=1h")
        assert told.startswith("Would let go 2 expired, 0 unheard longest,")
        assert async_to_sync(kept)() == "abc"

    @pytest.mark.parametrize(("switch", "left"), [("--orphans", "bc"), ("--no-orphans", "bcd"), (None, "bc")])
    def test_orphans_or_not(self, switch: str | None, left: str) -> None:
        async_to_sync(keep)("d", made_ago_s=HOUR_S, with_file=False)
        call_command("prune_tts_cache", *([switch] if switch else []))
        assert async_to_sync(kept)() == left

    @pytest.mark.parametrize(
        "argument", ["--max-bytes=-1", "--max-bytes=1e6", "--max-bytes=", "--older-than=1y", "--older-than=-1h"]
    )
    def test_what_makes_no_sense_is_refused(self, argument: str) -> None:
        with pytest.raises(CommandError):
            call_command("prune_tts_cache", argument)
        assert async_to_sync(kept)() == "abc"

    @pytest.mark.parametrize("storage", ["off", "memory"])
    def test_where_audio_lies_in_no_storage_of_ours_it_does_nothing(self, settings: Settings, storage: str) -> None:
        settings.TTS_STORAGE = storage
        assert f"TTS_STORAGE={storage}" in call_command("prune_tts_cache", "--max-bytes=0")
        assert async_to_sync(kept)() == "abc"


def test_for_cron_it_says_one_line_and_ends_well(house: AloudServer) -> None:
    done = prune(house)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_what_fails_is_one_line_and_an_exit_status(house: AloudServer) -> None:
    house.database.unlink()
    done = prune(house)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("CommandError: Pruning ended early (OperationalError)")
    assert done.stderr.count("\n") == 1


def test_a_file_it_cannot_delete_is_told_and_an_exit_status(house: AloudServer) -> None:
    hoard = Hoard(20)
    hoard.write_rows(house.env["DATABASE_URL"])
    hoard.write_files(on_disk(house.cache))
    stuck = next(path for path in (house.cache / "tts-cache").iterdir() if path.stem not in hoard.kept)
    stuck.unlink()
    (stuck / "inside").mkdir(parents=True)
    done = prune(house, f"--max-bytes={hoard.cap_bytes}")
    assert done.returncode == 1
    assert "Files that could not be deleted: 1" in done.stderr.splitlines()[-1]


def test_at_a_terminal_a_bar_grows_and_is_gone_in_the_end(house: AloudServer) -> None:
    hoard = Hoard(1000)
    hoard.write_rows(house.env["DATABASE_URL"])
    hoard.write_files(on_disk(house.cache))
    ours, theirs = pty.openpty()
    command = [sys.executable, "manage.py", "prune_tts_cache", f"--max-bytes={hoard.cap_bytes}"]
    process = subprocess.Popen(command, cwd=ROOT, env=house.env, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b"".join(_read(ours)).decode()
    assert process.wait(60) == 0
    assert process.stdout is not None
    assert process.stdout.read().startswith(b"Let go 5")
    drawn = shown.split("\r\x1b[K")
    assert "[                              ]   0% what has expired" in drawn
    assert "[###############               ]  50% what was unheard longest" in drawn
    assert "[##############################] 100% what belongs to nothing" in drawn
    assert drawn[-1] == ""


def _read(terminal: int) -> Iterator[bytes]:
    """What is written there until nobody is left to write."""
    with suppress(OSError):  # so a terminal tells its end
        while piece := os.read(terminal, 4096):
            yield piece
    os.close(terminal)
