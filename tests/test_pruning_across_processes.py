"""Pruning where it may go wrong: killed half-way over 100,000 rows, beside itself, beside people who listen."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import httpx2 as httpx
import pytest

from tests.database import Database
from tests.hoard import Hoard, on_disk
from tests.http import sign_in
from tests.postgres import PostgresServer
from tests.processes import ProcessGroup, wait_until
from tests.server import ROOT, AloudServer

MANY: Final = 100_000
FEWER: Final = 4_000
RUNS: Final = "SELECT COUNT(*) FROM voice_pruningrun WHERE"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_settings(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What leads to each database."""
    if request.param == "sqlite":
        yield {}
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    with postgres.database() as url:
        yield {"DATABASE_URL": url}


@pytest.fixture
def house(tmp_path: Path, database_settings: dict[str, str]) -> AloudServer:
    return AloudServer(tmp_path, **database_settings)


def database_of(house: AloudServer) -> Database:
    return Database(house.env["DATABASE_URL"])


def fill(house: AloudServer, count: int) -> Hoard:
    hoard = Hoard(count)
    hoard.write_rows(house.env["DATABASE_URL"])
    hoard.write_files(on_disk(house.cache))
    return hoard


def rows(house: AloudServer) -> int:
    return database_of(house).one("SELECT COUNT(*) FROM voice_ttscache")


def files(house: AloudServer) -> set[str]:
    """The keys of the files there are."""
    return {path.stem for path in (house.cache / "tts-cache").iterdir()}


def pruning(house: AloudServer, name: str, hoard: Hoard | None = None) -> ProcessGroup:
    """A run, called ``name``; with the cap of ``hoard``, if there is one."""
    cap = [f"--max-bytes={hoard.cap_bytes}"] if hoard else []
    command = [sys.executable, "manage.py", "prune_tts_cache", *cap]
    return ProcessGroup(["env", f"--chdir={ROOT}", *command], env=house.env, log=house.folder / name)


def ended(run: ProcessGroup) -> None:
    wait_until(lambda: not run.running(), 90, "the end of a run")
    assert run.log.read_text().startswith("Let go "), run.log.read_text()


def freed(house: AloudServer, counter: str) -> int:
    """What all runs together counted."""
    return database_of(house).one(f"SELECT COALESCE(SUM({counter}), 0) FROM voice_pruningrun")  # noqa: S608  # a name


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_half_way_over_100_000_rows_and_run_again_it_leaves_what_is_wanted_and_nothing_else(
    house: AloudServer,
) -> None:
    house.manage("migrate", "--verbosity=0")
    hoard = fill(house, MANY)
    first = pruning(house, "first", hoard)
    wait_until(lambda: rows(house) < 0.65 * MANY, 90, "a third of the rows to be gone")
    first.kill()
    left = rows(house)
    assert left > 0.3 * MANY
    assert database_of(house).one(f"{RUNS} ended_at IS NULL AND expired > 0") == 1

    ended(pruning(house, "second", hoard))
    assert files(house) == hoard.kept
    assert rows(house) == len(hoard.kept)
    assert database_of(house).one(f"{RUNS} ended_at IS NOT NULL AND error = ''") == 1


def test_two_beside_each_other_share_the_work_and_count_it_once(house: AloudServer) -> None:
    house.manage("migrate", "--verbosity=0")
    hoard = fill(house, FEWER)
    runs = [pruning(house, f"run {number}", hoard) for number in range(2)]
    for run in runs:
        ended(run)
    assert files(house) == hoard.kept
    assert rows(house) == len(hoard.kept)
    assert freed(house, "expired") == hoard.expired
    assert freed(house, "evicted") == hoard.unheard
    assert freed(house, "orphan_rows") == hoard.lost
    assert database_of(house).one(f"{RUNS} ended_at IS NOT NULL AND error = ''") == 2


@pytest.fixture
def server(house: AloudServer) -> Iterator[AloudServer]:
    with house:
        yield house


@pytest.fixture
async def client(server: AloudServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as signed_in:
        await sign_in(signed_in)
        yield signed_in


async def test_who_listens_meanwhile_hears_everything_and_what_is_made_meanwhile_stays(
    server: AloudServer, client: httpx.AsyncClient
) -> None:
    await client.post("/tts", json={"text": "Said before"})
    hoard = await asyncio.to_thread(fill, server, FEWER)
    runs = [pruning(server, f"run {number}") for number in range(2)]
    caches, made = [], 0
    while any(run.running() for run in runs):
        caches.append((await client.post("/tts", json={"text": "Said before"})).headers["X-Cache"])
        made += 1
        new = await client.post("/tts", json={"text": f"Number {made}"})
        assert (new.status_code, new.headers["X-Cache"]) == (200, "miss")
    for run in runs:
        ended(run)
    assert set(caches) == {"hit"}
    staying = hoard.unheard + len(hoard.kept) + 1 + made
    wait_until(lambda: rows(server) == staying, 10, "the rows of what was made")
    assert len(files(server)) == staying
    for number in range(1, made + 1):
        assert (await client.post("/tts", json={"text": f"Number {number}"})).headers["X-Cache"] == "hit"


def test_stopped_by_hand_it_says_so_in_one_line_and_the_next_run_goes_on(house: AloudServer) -> None:
    house.manage("migrate", "--verbosity=0")
    hoard = fill(house, FEWER)
    command = [sys.executable, "manage.py", "prune_tts_cache", f"--max-bytes={hoard.cap_bytes}"]
    process = subprocess.Popen(command, cwd=ROOT, env=house.env, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: rows(house) < FEWER, 30, "the first rows to be gone")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told == "CommandError: Stopped. The next run goes on from here.\n"
    assert database_of(house).one(f"{RUNS} error = 'CancelledError'") == 1
    ended(pruning(house, "next", hoard))
    assert files(house) == hoard.kept
