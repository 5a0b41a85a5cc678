"""So many requests a minute: a bucket of tokens a user and a room, in Redis if there is one, else in this process."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from accounts import redis, rooms, workers
from accounts.account import Account
from accounts.bucket import SECOND_US, Bucket, Taken, token_us
from accounts.errors import LimitsUnavailable, Throttled
from accounts.limits import Limits
from accounts.rates import Rate

MAX_BUCKETS: Final = 10_000
"""In this process; those that are full again are forgotten when there are more."""

TAKE: Final = """
local time = redis.call('TIME')
local now_us, full_in_us, refused = time[1] * 1000000 + time[2], {}, false
for i, bucket in ipairs(KEYS) do
    local token_us, limit = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
    full_in_us[i] = math.max(tonumber(redis.call('GET', bucket) or 0) - now_us, 0) + token_us
    refused = refused or full_in_us[i] > limit * token_us
end
for i, bucket in ipairs(refused and {} or KEYS) do
    redis.call('SET', bucket, string.format('%.0f', now_us + full_in_us[i]), 'PX', math.ceil(full_in_us[i] / 1000))
end
return full_in_us
"""
"""``Bucket`` in Lua, for several at once: a token from each or from none, in one trip to Redis, whose clock all
processes share. A bucket's key goes when it is full."""

_buckets: Final[dict[str, Bucket]] = {}


async def take(account: Account) -> Rate | None:
    """Take one of the requests of this minute, of the account's and of its room's; what is left of the scarcer.

    None where neither has such a limit.

    Raises:
        Throttled: there is none left; it says when there will be.
        LimitsUnavailable: Redis, or the database of the room's limit, cannot be reached.
    """
    limits = await _limits(account)
    if not limits:
        return None
    taken = await _from_redis(limits) if settings.REDIS_URL else _from_memory(limits)
    scarcest = min(taken, key=lambda one: (-one.wait_s, one.rate.remaining))
    if not scarcest.given:
        raise Throttled(f"At most {scarcest.limit} a minute.", rate=scarcest.rate, retry_after_s=scarcest.wait_s)
    return scarcest.rate


async def _limits(account: Account) -> Mapping[str, int]:
    """How many tokens the buckets hold that ``account`` has to take one from."""
    limits = {f"user:{account.user_id}": account.limits}
    if account.room:
        limits[f"room:{account.room}"] = await _limits_of(account.room)
    return {bucket: each.requests_per_minute for bucket, each in limits.items() if each.requests_per_minute is not None}


async def _limits_of(room: str) -> Limits:
    """What may be used in ``room``.

    Raises:
        LimitsUnavailable: the database cannot be asked.
    """
    known = rooms.recent_rooms.get(room)
    if known is not None:
        return known
    try:
        return await workers.run(rooms.limits_of, room)
    except DatabaseError:
        raise LimitsUnavailable("Limits cannot be checked just now.", retry_after_s=redis.RETRY_S) from None


async def _from_redis(limits: Mapping[str, int]) -> list[Taken]:
    """Ask the buckets that all processes share.

    Raises:
        LimitsUnavailable: they cannot be reached.
    """
    sizes = [number for limit in limits.values() for number in (token_us(limit), limit)]
    async with redis.shared() as client:
        full_in_us = await client.register_script(TAKE)([f"throttle:{bucket}" for bucket in limits], sizes)
    return [Taken(limit, wait_us) for limit, wait_us in zip(limits.values(), full_in_us, strict=True)]


def _from_memory(limits: Mapping[str, int]) -> list[Taken]:
    """Ask the buckets of this process."""
    now_us = int(time.monotonic() * SECOND_US)
    if len(_buckets) >= MAX_BUCKETS:
        _forget_full(now_us)
    after = {bucket: _buckets.get(bucket, Bucket()).put_off(limit, now_us) for bucket, limit in limits.items()}
    taken = [Taken(limit, after[bucket].full_at_us - now_us) for bucket, limit in limits.items()]
    if all(one.given for one in taken):
        _buckets.update(after)
    return taken


def _forget_full(now_us: int) -> None:
    for bucket in [bucket for bucket, state in _buckets.items() if state.full_at_us <= now_us]:
        del _buckets[bucket]


def forget() -> None:
    """Forget every bucket of this process, as its end would."""
    _buckets.clear()
