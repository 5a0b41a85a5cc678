"""Quotas where they are raced: two servers on one database, callers who hang up, providers that fail, kill -9."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx2 as httpx
import pytest

from tests.database import Database
from tests.http import JSON, sign_in
from tests.postgres import PostgresServer
from tests.processes import wait_until
from tests.server import AloudServer
from tests.vendors.environment import environment
from tests.vendors.server import FakeVendors

LETTERS: Final = 20
LEASE_S: Final = 2.0
GENEROUS: Final = 100 * LETTERS


@dataclass(frozen=True, slots=True)
class Town:
    """Two servers on one database, and the vendor both ask. A client is signed in at each."""

    servers: tuple[AloudServer, AloudServer]
    clients: tuple[httpx.AsyncClient, httpx.AsyncClient]
    database: Database
    vendor: FakeVendors

    def allow(self, characters: int) -> None:
        """Let the demo user have so many a day, and forget what was spent."""
        self.database.execute("DELETE FROM accounts_reservation")
        self.database.execute("DELETE FROM accounts_spending")
        self.database.execute(f"UPDATE accounts_quota SET characters_per_day = {characters:d}")  # noqa: S608  # a number
        self.vendor.heard.clear()

    def spent(self) -> int:
        """Today's characters, with what is set aside."""
        return self.database.one("SELECT COALESCE(SUM(day_characters), 0) FROM accounts_spending")

    def reserved(self) -> int:
        """Requests that have set something aside."""
        return self.database.one("SELECT COUNT(*) FROM accounts_reservation")

    async def settled(self) -> None:
        """Wait until nothing is set aside any more."""
        await asyncio.to_thread(wait_until, lambda: self.reserved() == 0, 10, "the last reservation to be settled")


@dataclass(frozen=True, slots=True)
class Ground:
    """A database that is ready, with a quota for the demo user, and the settings of whoever serves on it."""

    database: Database
    settings: dict[str, str]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ground(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("ground")
    with ExitStack() as stack:
        sqlite = f"sqlite:///{folder / 'db.sqlite3'}"
        url = sqlite if request.param == "sqlite" else stack.enter_context(postgres.database())
        server = AloudServer(folder, DATABASE_URL=url)
        server.prepare()
        server.manage("shell", "-c", MAKE_QUOTA)
        yield Ground(Database(url), {"DATABASE_URL": url, "STATIC_ROOT": server.env["STATIC_ROOT"]})


@pytest.fixture
async def town(ground: Ground, tmp_path: Path) -> AsyncIterator[Town]:
    async with FakeVendors() as vendor, AsyncExitStack() as clients:
        settings = {**environment(vendor), **ground.settings, "TTS_PROVIDER": "openai"}
        with ExitStack() as running:
            servers = [_started(running, tmp_path / name, settings) for name in "ab"]
            signed_in = [
                await clients.enter_async_context(httpx.AsyncClient(base_url=server.url, timeout=60))
                for server in servers
            ]
            for client in signed_in:
                await sign_in(client)
            yield Town((servers[0], servers[1]), (signed_in[0], signed_in[1]), ground.database, vendor)


def _started(running: ExitStack, folder: Path, settings: dict[str, str]) -> AloudServer:
    folder.mkdir()
    server = AloudServer(folder, TTS_LEASE_SECONDS=str(LEASE_S), **settings)
    server.start()
    running.callback(server.stop)
    return server


MAKE_QUOTA: Final = """
from accounts.models import Quota, User
Quota.objects.create(user=User.objects.get(username="demo"), characters_per_day=0, requests_per_minute=100_000)
"""


def text(number: int) -> str:
    """One of many texts of ``LETTERS`` characters."""
    return f"Text of number {number:05d}"


async def ask(client: httpx.AsyncClient, number: int, **headers: str) -> httpx.Response:
    return await client.post("/tts", json={"text": text(number), "voice": "openai:alloy"}, headers=headers)


async def test_a_hundred_at_once_make_the_ten_calls_that_are_allowed(town: Town) -> None:
    town.allow(10 * LETTERS)
    answers = await asyncio.gather(*[ask(town.clients[number % 2], number) for number in range(100)])
    assert Counter(answer.status_code for answer in answers) == {200: 10, 429: 90}
    assert {answer.json()["error"]["code"] for answer in answers if answer.status_code == 429} == {"quota_exceeded"}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if answer.status_code == 429)
    assert len(town.vendor.heard) == 10
    await town.settled()
    assert town.spent() == 10 * LETTERS


async def test_failures_and_callers_who_hang_up_leave_nothing_set_aside(town: Town) -> None:
    town.allow(GENEROUS)
    town.vendor.misbehave("openai", "500")
    failed = await asyncio.gather(*[ask(town.clients[number % 2], 200 + number) for number in range(10)])
    assert {answer.status_code for answer in failed} == {503}
    town.vendor.behave("openai")
    await town.settled()
    assert town.spent() == 0


async def test_who_hangs_up_leaves_nothing_set_aside(town: Town) -> None:
    town.allow(GENEROUS)
    town.vendor.hold.clear()
    passing = {"Cache-Control": "no-store"}
    leaving = [asyncio.create_task(ask(town.clients[number % 2], 300 + number, **passing)) for number in range(10)]
    await asyncio.to_thread(wait_until, lambda: town.reserved() == 10, 10, "ten reservations")
    for task in leaving:
        task.cancel()
    await asyncio.gather(*leaving, return_exceptions=True)
    await town.settled()
    town.vendor.hold.set()


async def test_what_a_killed_process_set_aside_is_returned_when_its_lease_ends(town: Town) -> None:
    town.allow(GENEROUS)
    town.vendor.hold.clear()
    asking = [asyncio.create_task(ask(town.clients[0], 400 + number)) for number in range(5)]
    await asyncio.to_thread(wait_until, lambda: town.reserved() == 5, 10, "five reservations")
    assert town.spent() == 5 * LETTERS
    await asyncio.sleep(2 * LEASE_S)
    assert town.reserved() == 5, "they are renewed for as long as their process lives"
    town.servers[0].kill()
    results: list[Any] = await asyncio.gather(*asking, return_exceptions=True)
    assert all(isinstance(result, httpx.HTTPError) for result in results)
    await town.settled()
    assert town.spent() == 0
    town.vendor.hold.set()
    answer = await ask(town.clients[1], 500, **JSON)
    assert answer.status_code == 200
    await town.settled()
    assert town.spent() == LETTERS
