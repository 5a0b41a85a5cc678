from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts import redis, throttle
from accounts.account import Account
from accounts.errors import LimitsUnavailable, Throttled
from accounts.limits import Limits
from accounts.models import Quota
from tests.redis_server import RedisServer
from tests.server import ROOT

ADA, EVE = (Account(user_id, Limits(requests_per_minute=3)) for user_id in (1, 2))


@pytest.fixture(params=["in this process", "in Redis"])
def counted(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Buckets in either place, all of them full."""
    throttle.forget()
    if request.param == "in this process":
        yield
        return
    with RedisServer(tmp_path) as server:
        settings.REDIS_URL = server.url
        yield


@pytest.fixture
def redis_server(settings: Settings, tmp_path: Path) -> Iterator[RedisServer]:
    with RedisServer(tmp_path) as server:
        settings.REDIS_URL = server.url
        yield server


@pytest.fixture(autouse=True)
async def closed() -> object:
    """No test leaves a connection open."""
    yield
    await redis.close()


async def remaining(account: Account) -> int:
    rate = await throttle.take(account)
    assert rate is not None
    return rate.remaining


async def test_as_many_as_the_limit_are_let_through_and_the_next_is_told_when_to_come(counted: None) -> None:
    assert [await remaining(ADA) for _ in range(3)] == [2, 1, 0]
    with pytest.raises(Throttled) as refused:
        await throttle.take(ADA)
    assert refused.value.retry_after_s == pytest.approx(20, abs=10)
    assert (refused.value.rate.limit, refused.value.rate.remaining) == (3, 0)
    assert refused.value.rate.reset_s == pytest.approx(60, abs=10)


async def test_nobody_is_held_back_by_somebody_else(counted: None) -> None:
    assert [await remaining(ADA) for _ in range(3)] == [2, 1, 0]
    assert await remaining(EVE) == 2


async def test_a_crowd_gets_as_many_as_the_limit_and_no_more(counted: None) -> None:
    account = Account(3, Limits(requests_per_minute=7))
    answers = await asyncio.gather(*(throttle.take(account) for _ in range(200)), return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 7
    assert sum(isinstance(answer, Throttled) for answer in answers) == 193


@pytest.mark.django_db(transaction=True)
async def test_a_room_has_a_bucket_that_everybody_in_it_shares(counted: None) -> None:
    await Quota.objects.acreate(room="attic", requests_per_minute=2)
    in_attic = [account.about("attic") for account in (ADA, EVE)]
    assert [await remaining(account) for account in in_attic] == [1, 0]
    with pytest.raises(Throttled) as refused:
        await throttle.take(in_attic[0])
    assert refused.value.rate.limit == 2


@pytest.mark.django_db(transaction=True)
async def test_who_is_refused_by_the_room_loses_nothing_of_their_own(counted: None) -> None:
    await Quota.objects.acreate(room="attic", requests_per_minute=1)
    await throttle.take(EVE.about("attic"))
    for _ in range(3):
        with pytest.raises(Throttled):
            await throttle.take(ADA.about("attic"))
    assert await remaining(ADA) == 2


@pytest.mark.django_db(transaction=True)
async def test_a_room_without_a_limit_leaves_everybody_their_own(counted: None) -> None:
    assert await remaining(ADA.about("cellar")) == 2


async def test_without_a_limit_nothing_is_counted_and_nobody_is_asked(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert await throttle.take(Account(1)) is None


async def test_buckets_that_are_full_again_make_room() -> None:
    throttle.forget()
    swift = Limits(requests_per_minute=60_000_000)
    for user_id in range(throttle.MAX_BUCKETS + 5):
        await throttle.take(Account(user_id, swift))
    assert len(throttle._buckets) < throttle.MAX_BUCKETS


async def test_a_bucket_in_redis_goes_when_it_is_full(redis_server: RedisServer) -> None:
    await throttle.take(ADA)
    async with redis.shared() as client:
        assert await client.pttl("throttle:user:1") == pytest.approx(20_000, abs=10_000)


async def test_processes_share_one_bucket(redis_server: RedisServer) -> None:
    account = Account(4, Limits(requests_per_minute=3))
    env = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings", "SHARED_REDIS": redis_server.url}
    crowd = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", TWENTY, env=env, stdout=asyncio.subprocess.PIPE)
        for _ in range(2)
    ]
    let_through = [int(printed.split()[-1]) for printed, _ in [await process.communicate() for process in crowd]]
    assert sum(let_through) == 3
    with pytest.raises(Throttled):
        await throttle.take(account)


TWENTY = """
import asyncio, os, django
django.setup()
from django.conf import settings
from accounts import throttle
from accounts.account import Account
from accounts.errors import Throttled
from accounts.limits import Limits

settings.REDIS_URL = os.environ["SHARED_REDIS"]
account = Account(4, Limits(requests_per_minute=3))

async def crowd():
    answers = await asyncio.gather(*(throttle.take(account) for _ in range(20)), return_exceptions=True)
    return sum(not isinstance(answer, Throttled) for answer in answers)

print(asyncio.run(crowd()))
"""


async def test_while_redis_is_gone_nobody_is_let_through_and_once_it_is_back_everybody_is(
    redis_server: RedisServer,
) -> None:
    assert await remaining(ADA) == 2
    redis_server.stop()
    with pytest.raises(LimitsUnavailable) as refused:
        await throttle.take(ADA)
    assert refused.value.retry_after_s == redis.RETRY_S
    redis_server.start()
    assert [await remaining(ADA) for _ in range(3)] == [2, 1, 0]


async def test_a_restart_between_two_requests_is_not_noticed(redis_server: RedisServer) -> None:
    await throttle.take(ADA)
    redis_server.stop()
    redis_server.start()
    assert await remaining(ADA) == 2
