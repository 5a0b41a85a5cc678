"""Tabs at one server, replies made by another: told through Redis, caught up when it was away, and finished by whom
is left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress
from typing import Any, Final

import pytest

from tests.guests import Guest, invite
from tests.postgres import PostgresServer
from tests.processes import free_port
from tests.redis_server import RedisServer
from tests.server import AloudServer
from tests.tabs import PATIENCE_S, Tab, tab
from tests.vendors.server import FakeVendors

PORT: Final = free_port()


@pytest.fixture
async def vendor() -> AsyncIterator[FakeVendors]:
    async with FakeVendors(port=PORT) as fake:
        yield fake


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture(scope="module")
def servers(
    tmp_path_factory: pytest.TempPathFactory, redis: RedisServer, postgres: PostgresServer
) -> Iterator[list[AloudServer]]:
    """Two, on one PostgreSQL, one Redis and one cache."""
    settings = {
        "TTS_PROVIDER": "openai",
        "OPENAI_API_KEY": "sk-test",
        "OPENAI_BASE_URL": f"http://127.0.0.1:{PORT}/openai/v1",
        "TTS_LEASE_SECONDS": "1",
        "TTS_CACHE_DIR": str(tmp_path_factory.mktemp("cache")),
        "REDIS_URL": redis.url,
    }
    with ExitStack() as running:
        settings["DATABASE_URL"] = running.enter_context(postgres.database())
        yield [running.enter_context(AloudServer(tmp_path_factory.mktemp(name), **settings)) for name in "ab"]


@pytest.fixture(scope="module")
def guests(servers: list[AloudServer]) -> list[Guest]:
    return invite(servers[0], "ada", "eve")


@pytest.fixture
def ada(guests: list[Guest]) -> Guest:
    return guests[0]


@pytest.fixture
def eve(guests: list[Guest]) -> Guest:
    return guests[1]


async def say(server: AloudServer, who: Guest, text: str) -> str:
    """Have the assistant at ``server`` say ``text``; the id of its reply."""
    async with who.browser(server) as browser:
        answer = await browser.post(f"/calls/{who.call}/messages", json={"text": f"say {text}"})
        assert answer.status_code == 201, answer.text
        reply: dict[str, Any] = answer.json()["reply"]
        return str(reply["id"])


async def test_a_tab_at_one_server_hears_of_what_another_made(
    servers: list[AloudServer], vendor: FakeVendors, ada: Guest, eve: Guest
) -> None:
    here, there = servers
    async with (
        tab(here.url, ada.cookies) as near,
        tab(there.url, ada.cookies) as far,
        tab(there.url, eve.cookies) as hers,
    ):
        for one in (near, far, hers):
            await one.missed()
        for server in servers:
            reply = await say(server, ada, f"Said at {server.port}.")
            told = await far.hear()
            assert (told["type"], told["message_id"]) == ("audio-ready", reply)
            assert await near.hear() == told
        await hers.say({"type": "ping"})
        assert await hers.hear() == {"type": "pong"}


async def test_when_one_is_killed_the_other_finishes_what_it_was_making_and_tells_the_tabs(
    servers: list[AloudServer], vendor: FakeVendors, ada: Guest
) -> None:
    here, there = servers
    vendor.hold.clear()
    async with tab(there.url, ada.cookies) as far:
        await far.missed()
        reply = await say(here, ada, "Somebody has to finish this.")
        async with asyncio.timeout(PATIENCE_S):
            while not vendor.heard:
                await asyncio.sleep(0.01)
        here.kill()
        vendor.hold.set()
        told = await far.hear()
        assert (told["type"], told["message_id"]) == ("audio-ready", reply)
    await asyncio.to_thread(here.start)
    assert len(vendor.heard) == 2


async def test_while_redis_is_away_tabs_cannot_be_opened_and_what_could_not_be_told_is_told_later(
    servers: list[AloudServer], redis: RedisServer, vendor: FakeVendors, ada: Guest
) -> None:
    here, there = servers
    async with tab(there.url, ada.cookies) as open_all_the_time:
        cursor = (await open_all_the_time.missed())[-1]["cursor"]
        vendor.hold.clear()
        reply = await say(here, ada, "Ready while nobody can be told.")
        async with asyncio.timeout(PATIENCE_S):
            while not vendor.heard:
                await asyncio.sleep(0.01)
        redis.stop()
        vendor.hold.set()
        async with tab(here.url, ada.cookies) as turned_away:
            assert await turned_away.closed() == (1013, "Come again in a moment.")
        await asyncio.to_thread(redis.start)
        told = await open_all_the_time.hear()  # it need not even ask
        assert (told["type"], told["message_id"]) == ("audio-ready", reply)
        async with tab(here.url, ada.cookies) as back:
            assert [one.get("message_id") for one in await back.missed(cursor)] == [reply, None]
        await say_until_heard(here, ada, open_all_the_time)
    assert "Traceback" not in here.log.read_text() + there.log.read_text()


async def say_until_heard(server: AloudServer, who: Guest, one: Tab) -> None:
    """Have something said again and again, until a tab hears of it by itself and at once."""
    said: list[str] = []
    async with asyncio.timeout(PATIENCE_S):
        while True:
            said.append(await say(server, who, f"All is well again, said {len(said)} times."))
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    assert (await one.hear())["message_id"] in said
                    return
