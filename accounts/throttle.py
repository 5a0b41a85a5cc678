"""So many requests a minute and user: a bucket of tokens, in Redis where there is one, else in this process."""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings

from accounts import redis
from accounts.account import Account
from accounts.bucket import SECOND_US, Bucket, Taken, token_us
from accounts.errors import Throttled
from accounts.rates import Rate

MAX_BUCKETS: Final = 10_000
"""In this process; a bucket that is full again is forgotten when there are more."""

TAKE: Final = """
local time = redis.call('TIME')
local now_us, token_us, limit = time[1] * 1000000 + time[2], tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at_us = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now_us) + token_us
local full_in_us = full_at_us - now_us
if full_in_us <= limit * token_us then
    redis.call('SET', KEYS[1], string.format('%.0f', full_at_us), 'PX', math.ceil(full_in_us / 1000))
end
return full_in_us
"""
"""``Bucket`` in Lua: one trip to Redis, whose clock all processes share. The key goes when the bucket is full."""

_buckets: Final[dict[int, Bucket]] = {}


async def take(account: Account) -> Rate | None:
    """Take one of the account's requests of this minute; how many are left, None where there is no such limit.

    Raises:
        Throttled: there is none left; it says when there will be.
        LimitsUnavailable: Redis cannot be reached.
    """
    limit = account.limits.requests_per_minute
    if limit is None:
        return None
    taken = await _from_redis(account.user_id, limit) if settings.REDIS_URL else _from_memory(account.user_id, limit)
    if not taken.given:
        raise Throttled(f"At most {limit} a minute.", rate=taken.rate, retry_after_s=taken.wait_s)
    return taken.rate


async def _from_redis(user_id: int, limit: int) -> Taken:
    """Ask the bucket that all processes share.

    Raises:
        LimitsUnavailable: it cannot be reached.
    """
    async with redis.shared() as client:
        take_token = client.register_script(TAKE)
        return Taken(limit, await take_token([f"throttle:{user_id}"], [token_us(limit), limit]))


def _from_memory(user_id: int, limit: int) -> Taken:
    """Ask the bucket of this process."""
    now_us = int(time.monotonic() * SECOND_US)
    if len(_buckets) >= MAX_BUCKETS:
        _forget_full(now_us)
    bucket = _buckets.get(user_id, Bucket()).put_off(limit, now_us)
    taken = Taken(limit, bucket.full_at_us - now_us)
    if taken.given:
        _buckets[user_id] = bucket
    return taken


def _forget_full(now_us: int) -> None:
    for user_id in [user_id for user_id, bucket in _buckets.items() if bucket.full_at_us <= now_us]:
        del _buckets[user_id]


def forget() -> None:
    """Forget every bucket of this process, as its end would."""
    _buckets.clear()
