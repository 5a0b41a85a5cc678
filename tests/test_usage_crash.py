"""What a crash takes of the books: what was counted within the last second."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import httpx2 as httpx
import pytest

from accounts.write_behind import FLUSH_S
from tests.http import sign_in
from tests.processes import wait_until
from tests.server import AloudServer

HELLO = {"text": "Heard again and again"}
GRACE_S = 1.0
"""What a machine that does other things as well may take to write what it has to."""


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AloudServer]:
    with AloudServer(tmp_path_factory.mktemp("usage")) as running:
        yield running


@pytest.fixture
async def client(server: AloudServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as signed_in:
        await sign_in(signed_in)
        yield signed_in


def counted(server: AloudServer) -> tuple[int, int]:
    """Requests in the books of the user, and in those of rooms and providers."""
    with closing(sqlite3.connect(server.database, timeout=20)) as database:
        ((users,),) = database.execute("SELECT COALESCE(SUM(requests), 0) FROM accounts_useranalytics")
        ((rooms,),) = database.execute("SELECT COALESCE(SUM(requests), 0) FROM accounts_dailyusage")
    return users, rooms


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


async def test_what_is_counted_is_in_the_books_soon(server: AloudServer, client: httpx.AsyncClient) -> None:
    (await client.post("/tts", json=HELLO)).raise_for_status()
    wait_until(lambda: counted(server) == (1, 1), 10, "the first request in the books")
