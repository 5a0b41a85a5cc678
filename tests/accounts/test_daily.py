from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts import daily, redis
from accounts.account import Account
from accounts.errors import LimitsUnavailable, Throttled
from accounts.limits import Limits
from accounts.models import User, UserAnalytics
from accounts.usage import usages
from tests.redis_server import RedisServer

pytestmark = pytest.mark.django_db(transaction=True)

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def redis_server(settings: Settings, tmp_path: Path) -> Iterator[RedisServer]:
    with RedisServer(tmp_path) as server:
        settings.REDIS_URL = server.url
        yield server


@pytest.fixture(autouse=True)
async def closed() -> AsyncIterator[None]:
    """No test leaves a connection open, or a count unwritten."""
    yield
    await redis.close()
    await usages.flush()


@pytest.fixture
def ada(user: User) -> Account:
    return Account(user.pk, Limits(realtime_per_day=3))


async def remaining(account: Account) -> int:
    rate = await daily.take(account)
    assert rate is not None
    return rate.remaining


async def written(account: Account) -> int:
    """What the database says of today."""
    await usages.flush()
    row = await UserAnalytics.objects.aget(user_id=account.user_id, day=timezone.now().date())
    return row.realtime_requests


async def refused(account: Account) -> Throttled:
    with pytest.raises(Throttled) as told:
        await daily.take(account)
    return told.value


@pytest.fixture(params=["Redis", "no Redis", "a Redis out of reach"])
def counted(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """By whom it is decided."""
    if request.param == "Redis":
        with RedisServer(tmp_path) as server:
            settings.REDIS_URL = server.url
            yield
        return
    settings.REDIS_URL = NOWHERE if request.param == "a Redis out of reach" else ""
    yield


async def test_a_days_replies_are_counted_down_and_then_refused_until_midnight(counted: None, ada: Account) -> None:
    assert [await remaining(ada) for _ in range(3)] == [2, 1, 0]
    error = await refused(ada)
    assert (error.rate.limit, error.rate.remaining) == (3, 0)
    assert error.retry_after_s == error.rate.reset_s
    assert 0 < error.rate.reset_s <= 24 * 3600
    assert await written(ada) == 3


async def test_a_crowd_cannot_race_the_limit(counted: None, ada: Account) -> None:
    answers = await asyncio.gather(*(daily.take(ada) for _ in range(30)), return_exceptions=True)
    assert sum(isinstance(answer, Throttled) for answer in answers) == 27
    assert await written(ada) == 3


async def test_what_was_used_before_the_process_began_counts(counted: None, ada: Account) -> None:
    today = timezone.now().date()
    await UserAnalytics.objects.acreate(user_id=ada.user_id, day=today, realtime_requests=2)
    await UserAnalytics.objects.acreate(user_id=ada.user_id, day=today - timedelta(days=1), realtime_requests=3)
    assert await remaining(ada) == 0
    await refused(ada)


async def test_who_has_no_limit_is_counted_all_the_same(counted: None, user: User) -> None:
    account = Account(user.pk)
    assert await daily.take(account) is None
    assert await written(account) == 1


async def test_a_limit_of_none_at_all_admits_nobody(counted: None, user: User) -> None:
    await refused(Account(user.pk, Limits(realtime_per_day=0)))


async def test_while_redis_is_gone_the_day_in_the_database_decides_and_redis_learns_of_it(
    redis_server: RedisServer, ada: Account
) -> None:
    assert await remaining(ada) == 2
    redis_server.stop()
    assert await remaining(ada) == 1
    redis_server.start()
    assert await remaining(ada) == 0
    await refused(ada)
    assert await written(ada) == 3


async def test_a_redis_that_kept_its_counts_learns_what_it_missed(
    redis_server: RedisServer, ada: Account, settings: Settings
) -> None:
    assert await remaining(ada) == 2
    await redis.close()
    settings.REDIS_URL = NOWHERE
    assert [await remaining(ada) for _ in range(2)] == [1, 0]
    await redis.close()
    settings.REDIS_URL = redis_server.url
    await refused(ada)
    await refused(ada)
    assert await remaining(replace(ada, limits=Limits(realtime_per_day=4))) == 0


@pytest.fixture
def lost_table(user: User) -> Iterator[None]:
    """The database has lost its table of days."""

    def rename(before: str, after: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")

    rename("accounts_useranalytics", "elsewhere")
    yield
    rename("elsewhere", "accounts_useranalytics")


@pytest.mark.parametrize("url", ["", NOWHERE])
async def test_with_neither_redis_nor_database_nobody_is_admitted(
    url: str, ada: Account, settings: Settings, lost_table: None
) -> None:
    settings.REDIS_URL = url
    with pytest.raises(LimitsUnavailable) as told:
        await daily.take(ada)
    assert told.value.retry_after_s == redis.RETRY_S


async def test_a_redis_that_has_no_count_admits_nobody_without_the_database(
    redis_server: RedisServer, ada: Account, lost_table: None
) -> None:
    with pytest.raises(LimitsUnavailable):
        await daily.take(ada)
