"""Limits that two servers share, while the Redis they are counted in goes and comes back under them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import httpx2 as httpx
import pytest

from tests.database import Database
from tests.http import sign_in
from tests.postgres import PostgresServer
from tests.processes import wait_until
from tests.redis_server import RedisServer
from tests.server import AloudServer

BACK_WITHIN_S: Final = 5
PASSWORD: Final = "analytical"
MAKE_PEOPLE: Final = f"""
from accounts.models import Quota, User
for name, limits in {{
    "ada": dict(requests_per_minute=1000, realtime_per_day=1000),
    "hasty": dict(requests_per_minute=3),
    "talkative": dict(realtime_per_day=4),
}}.items():
    Quota.objects.create(user=User.objects.create_user(name, password={PASSWORD!r}), **limits)
"""

_number: Final = count()


@dataclass(frozen=True, slots=True)
class Town:
    """Two servers on one PostgreSQL and one Redis."""

    servers: tuple[AloudServer, AloudServer]
    redis: RedisServer
    database: Database

    def log(self) -> str:
        """What both have logged."""
        return "".join(server.log.read_text() for server in self.servers)

    def replies_of(self, name: str) -> int:
        """Today's, as the database counts them."""
        replies = "SELECT COALESCE(SUM(realtime_requests), 0) FROM accounts_useranalytics"
        whose = f"SELECT id FROM accounts_user WHERE username = '{name}'"  # noqa: S608  # a name of MAKE_PEOPLE
        return self.database.one(f"{replies} WHERE user_id = ({whose})")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in at both servers."""

    at: tuple[httpx.AsyncClient, httpx.AsyncClient]

    async def ask(self, server: int = 0, text: str = "") -> httpx.Response:
        """Have something spoken: something new, if no ``text`` is given."""
        return await self.at[server].post("/tts", json={"text": text or f"Number {next(_number)}."})


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer) -> Iterator[Town]:
    with ExitStack() as running:
        redis = running.enter_context(RedisServer(tmp_path_factory.mktemp("redis")))
        settings = {"DATABASE_URL": running.enter_context(postgres.database()), "REDIS_URL": redis.url}
        servers = [AloudServer(tmp_path_factory.mktemp(name), **settings) for name in "ab"]
        for server in servers:
            running.enter_context(server)
        servers[0].manage("shell", "-c", MAKE_PEOPLE)
        yield Town((servers[0], servers[1]), redis, Database(settings["DATABASE_URL"]))


@pytest.fixture
async def clients(town: Town) -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def person(name: str, town: Town, clients: AsyncExitStack) -> Person:
    """``name``, signed in."""
    a, b = [
        await clients.enter_async_context(httpx.AsyncClient(base_url=server.url, timeout=30)) for server in town.servers
    ]
    for client in (a, b):
        await sign_in(client, name, PASSWORD)
    return Person((a, b))


def error_of(answer: httpx.Response) -> dict[str, Any]:
    error: dict[str, Any] = answer.json()["error"]
    return error


async def test_a_crowd_at_both_servers_gets_what_one_bucket_holds(town: Town, clients: AsyncExitStack) -> None:
    hasty = await person("hasty", town, clients)
    answers = await asyncio.gather(*(hasty.ask(number % 2) for number in range(12)))
    assert Counter(answer.status_code for answer in answers) == {200: 3, 429: 9}
    assert sorted(answer.headers["X-RateLimit-Remaining"] for answer in answers) == ["0"] * 10 + ["1", "2"]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert error_of(refused)["code"] == "throttled"
    assert 0 < int(refused.headers["Retry-After"]) <= 20


async def test_what_was_said_before_is_heard_by_who_has_nothing_left(town: Town, clients: AsyncExitStack) -> None:
    ada, hasty = await person("ada", town, clients), await person("hasty", town, clients)
    assert (await ada.ask(text="Heard before.")).status_code == 200
    answers = [await hasty.ask(text="Heard before.") for _ in range(5)]
    assert {(answer.status_code, answer.headers["X-Cache"]) for answer in answers} == {(200, "hit")}


async def test_redis_stopped_nothing_new_is_made_and_what_was_made_plays_and_back_it_is_as_before(
    town: Town, clients: AsyncExitStack
) -> None:
    ada, stranger = await person("ada", town, clients), httpx.AsyncClient(base_url=town.servers[0].url)
    assert (await ada.ask(text="Made in time.")).status_code == 200
    town.redis.stop()
    refused = [await ada.ask(number % 2) for number in range(4)]
    assert {(answer.status_code, error_of(answer)["code"]) for answer in refused} == {(503, "limits_unavailable")}
    assert {answer.headers["Retry-After"] for answer in refused} == {"5"}
    heard = await ada.ask(text="Made in time.")
    assert (heard.status_code, heard.headers["X-Cache"]) == (200, "hit")
    page = await ada.at[0].get("/calls", headers={"Accept": "text/html"})
    assert page.status_code == 200
    await no_sign_in(stranger)
    assert (await stranger.get("/health/ready")).json()["redis"] == "unreachable"
    assert "Traceback" not in town.log()

    await asyncio.to_thread(town.redis.start)
    async with asyncio.timeout(BACK_WITHIN_S):
        while {(await ada.ask(server)).status_code for server in (0, 1)} != {200}:
            await asyncio.sleep(0.1)
    await person("ada", town, clients)
    await stranger.aclose()


async def no_sign_in(stranger: httpx.AsyncClient) -> None:
    """See that who would sign in is told, on a page, that this cannot be now."""
    form = await stranger.get("/accounts/login/")
    fields = {"login": "ada", "password": PASSWORD, "csrfmiddlewaretoken": form.cookies["csrftoken"]}
    refused = await stranger.post("/accounts/login/", data=fields, headers={"Accept": "text/html"})
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "5"
    assert "Nobody can sign in just now." in refused.text


async def test_redis_stopped_the_days_row_decides_about_replies_and_without_it_nobody_does(
    town: Town, clients: AsyncExitStack
) -> None:
    talkative = await person("talkative", town, clients)
    call = (await talkative.at[0].post("/calls", json={})).json()

    async def say(server: int) -> httpx.Response:
        return await talkative.at[server].post(call["messages_url"], json={"text": "Hello"})

    def written(replies: int) -> None:
        wait_until(lambda: town.replies_of("talkative") == replies, 10, f"{replies} replies in the database")

    assert [(await say(server)).headers["X-RateLimit-Remaining"] for server in (0, 1)] == ["3", "2"]
    await asyncio.to_thread(written, 2)
    town.redis.stop()
    assert [(await say(server)).headers["X-RateLimit-Remaining"] for server in (0, 1)] == ["1", "0"]
    assert (await say(0)).status_code == 429
    town.database.execute("ALTER TABLE accounts_useranalytics RENAME TO elsewhere")
    refused = await say(1)
    assert (refused.status_code, error_of(refused)["code"]) == (503, "limits_unavailable")
    town.database.execute("ALTER TABLE elsewhere RENAME TO accounts_useranalytics")

    await asyncio.to_thread(town.redis.start)
    async with asyncio.timeout(BACK_WITHIN_S):
        while (answer := await say(0)).status_code != 429:
            await asyncio.sleep(0.1)
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    assert town.replies_of("talkative") == 4
