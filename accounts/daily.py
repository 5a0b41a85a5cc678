"""So many replies of the assistant a day (UTC) and user: counted in Redis, else by the day's ``UserAnalytics``."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from accounts import redis, workers
from accounts.account import Account
from accounts.errors import LimitsUnavailable, Throttled
from accounts.rates import Rate
from accounts.recent import Recent
from accounts.replies import count_reply_on, replies_on
from accounts.usage import Usage, record, usages

DAY_S: Final = 24 * 3600

COUNT: Final = """
local used, known, limit = tonumber(redis.call('GET', KEYS[1])), tonumber(ARGV[1]), tonumber(ARGV[2])
if not used and not known then return false end
used = math.max(used or 0, known or 0)
redis.call('SET', KEYS[1], string.format('%.0f', math.max(used, math.min(used + 1, limit))), 'EX', ARGV[3])
return used
"""
"""How many there were before this one; it is counted if there may be more. Where the count lies behind ``known``, as
after an outage, it begins there; where neither is there, nothing comes back."""

_unheard: Final[Recent[tuple[int, date], bool]] = Recent(trust_s=DAY_S)
"""Users, and the day, on which Redis was not there to hear of a reply of theirs."""


async def take(account: Account) -> Rate | None:
    """Take one of the account's replies of today; how many are left, None where there is no such limit.

    Raises:
        Throttled: there is none left until tomorrow.
        LimitsUnavailable: neither Redis nor the database can be asked.
    """
    limit, now = account.limits.realtime_per_day, timezone.now()
    if limit is None:
        record(account, "", Usage(realtime=1))
        return None
    used = await _count(account, now.date(), limit)
    rate = Rate(limit, max(0, limit - used - 1), (_day_after(now) - now).total_seconds())
    if used >= limit:
        told = f"At most {limit} replies a day. The next day begins at 00:00 UTC."
        raise Throttled(told, rate=rate, retry_after_s=rate.reset_s)
    return rate


async def _count(account: Account, day: date, limit: int) -> int:
    """How many replies there were before this one, which is counted if there may be more.

    Raises:
        LimitsUnavailable: neither Redis nor the database can be asked.
    """
    if settings.REDIS_URL:
        try:
            used = await _count_in_redis(account.user_id, day, limit)
        except LimitsUnavailable:
            _unheard.put((account.user_id, day), value=True)
        else:
            if used < limit:
                record(account, "", Usage(realtime=1))
            return used
    await usages.flush()  # what this process has not written yet counts as well
    return await _asked(workers.run(count_reply_on, day, account.user_id, limit))


async def _count_in_redis(user_id: int, day: date, limit: int) -> int:
    """The same, in Redis: one trip, but for the first of a day.

    Raises:
        LimitsUnavailable: it cannot be reached, or knows nothing of the day and the database cannot be asked.
    """
    whose, keys = (user_id, day), [f"realtime:{user_id}:{day}"]
    known = str(await _known(day, user_id)) if _unheard.get(whose) else ""
    async with redis.shared() as client:
        count = client.register_script(COUNT)
        used = await count(keys, [known, limit, DAY_S])
        if used is None:
            used = await count(keys, [await _known(day, user_id), limit, DAY_S])
    _unheard.drop(whose)
    return int(used)


async def _known(day: date, user_id: int) -> int:
    """What the database knows of the day.

    Raises:
        LimitsUnavailable: it cannot be asked.
    """
    await usages.flush()
    return await _asked(workers.run(replies_on, day, user_id))


async def _asked(answer: Awaitable[int]) -> int:
    """What the database says.

    Raises:
        LimitsUnavailable: it cannot be asked.
    """
    try:
        return await answer
    except DatabaseError:
        raise LimitsUnavailable("Replies cannot be counted just now.", retry_after_s=redis.RETRY_S) from None


def _day_after(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(), UTC)
