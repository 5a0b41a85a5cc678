from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts import redis
from accounts.errors import LimitsUnavailable
from tests.redis_server import RedisServer


@pytest.fixture(autouse=True)
async def closed() -> AsyncIterator[None]:
    """No test leaves a connection open."""
    yield
    await redis.close()


async def ping() -> None:
    async with redis.shared() as client:
        await client.ping()


async def test_one_that_is_not_there_is_told_of_with_a_time_to_come_back(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(LimitsUnavailable) as told:
        await ping()
    assert told.value.retry_after_s == redis.RETRY_S


async def test_one_that_takes_a_connection_and_says_nothing_is_given_up_on(settings: Settings) -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.sockets[0].getsockname()[1]}/0"
        with pytest.raises(LimitsUnavailable):
            await ping()


async def test_one_that_refuses_a_command_is_told_of_as_well(settings: Settings, tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        settings.REDIS_URL = server.url
        with pytest.raises(LimitsUnavailable):
            async with redis.shared() as client:
                await client.set("word", "not a number")
                await client.incr("word")


async def test_many_at_once_wait_their_turn_for_a_connection(settings: Settings, tmp_path: Path) -> None:
    with RedisServer(tmp_path) as server:
        settings.REDIS_URL = server.url
        await asyncio.gather(*(ping() for _ in range(20 * redis.CONNECTIONS)))
        async with redis.shared() as client:
            assert int((await client.info("clients"))["connected_clients"]) <= redis.CONNECTIONS
