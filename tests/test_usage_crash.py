"""What a crash takes of the books: what was counted within the last second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from accounts.write_behind import FLUSH_S
from tests.database import Database
from tests.http import sign_in
from tests.processes import wait_until
from tests.server import AloudServer

HELLO = {"text": "Heard again and again"}
GRACE_S = 1.0
"""What a machine that does other things as well may take to write what it has to."""


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AloudServer]:
    url = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    with AloudServer(tmp_path, **url) as running:
        yield running


@pytest.fixture
async def client(server: AloudServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as signed_in:
        await sign_in(signed_in)
        yield signed_in


def counted(server: AloudServer) -> tuple[int, int]:
    """Requests in the books of the user, and in those of rooms and providers."""
    database = Database(server.env["DATABASE_URL"])
    users = database.one("SELECT COALESCE(SUM(requests), 0) FROM accounts_useranalytics")
    return users, database.one("SELECT COALESCE(SUM(requests), 0) FROM accounts_dailyusage")


async def test_killed_it_loses_what_was_counted_in_the_last_second_and_nothing_else(
    server: AloudServer, client: httpx.AsyncClient
) -> None:
    answered_at: list[float] = []

    async def ask_on() -> None:
        while True:
            (await client.post("/tts", json=HELLO)).raise_for_status()
            answered_at.append(time.monotonic())

    asking = asyncio.create_task(ask_on())
    while not answered_at or time.monotonic() - answered_at[0] < 3 * FLUSH_S:
        assert not asking.done(), asking.exception()
        await asyncio.sleep(0.01)
    killed_at = time.monotonic()
    server.kill()
    with pytest.raises(httpx.TransportError):
        await asking
    users, rooms = counted(server)
    assert users == rooms
    assert users <= len(answered_at) + 1
    assert users >= sum(at < killed_at - FLUSH_S - GRACE_S for at in answered_at) > 0
    server.restart()
    assert counted(server) == (users, rooms)


async def test_stopped_politely_it_loses_nothing(server: AloudServer, client: httpx.AsyncClient) -> None:
    for _ in range(5):
        (await client.post("/tts", json=HELLO)).raise_for_status()
    await asyncio.to_thread(server.stop)
    assert counted(server) == (5, 5)


async def test_two_processes_keep_the_same_books(
    server: AloudServer, client: httpx.AsyncClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = AloudServer(tmp_path_factory.mktemp("other"), **server.env)
    other.start()
    try:
        elsewhere = httpx.AsyncClient(base_url=other.url, timeout=30, cookies=client.cookies, headers=client.headers)
        async with elsewhere:
            for _ in range(20):
                answers = await asyncio.gather(*[one.post("/tts", json=HELLO) for one in (client, elsewhere)])
                assert [answer.status_code for answer in answers] == [200, 200]
        wait_until(lambda: counted(server) == (40, 40), 10, "all of them in the books")
    finally:
        other.stop()
