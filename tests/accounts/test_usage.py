from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.account import Account
from accounts.models import DailyUsage, User, UserAnalytics
from accounts.usage import Usage, record, usages

pytestmark = pytest.mark.usefixtures("settled")

HIT = Usage(requests=1, hits=1, voice_seconds=2.0, saved_microdollars=150)
MADE = Usage(requests=1, characters=10, voice_seconds=2.0, cost_microdollars=150, ttfb_seconds=0.5)

counts = st.builds(Usage, *[st.integers(0, 1000)] * 5, st.just(0.0), *[st.integers(0, 10**9)] * 2)


@given(counts, counts, counts)
def test_shares_add_up_in_whatever_order(one: Usage, two: Usage, three: Usage) -> None:
    assert (one + two) + three == three + (two + one)
    assert (one + two).saved_microdollars == one.saved_microdollars + two.saved_microdollars
    assert one + Usage() == one


async def test_a_users_day_is_the_sum_of_its_rooms_and_providers(account: Account) -> None:
    record(account, "openai", MADE)
    record(account.about("a room"), "openai", MADE)
    record(account.about("a room"), "azure", HIT)
    await usages.flush()
    day = await UserAnalytics.objects.aget()
    assert (day.requests, day.hits, day.characters, day.cost_microdollars) == (3, 1, 20, 300)
    assert day.voice_seconds == 6.0
    rows = DailyUsage.objects.order_by("room", "provider").values_list("room", "provider", "requests", "hits")
    assert [row async for row in rows] == [("", "openai", 1, 0), ("a room", "azure", 1, 1), ("a room", "openai", 1, 0)]


async def test_what_comes_later_is_added(account: Account) -> None:
    for share in (MADE, HIT, HIT):
        record(account, "openai", share)
        await usages.flush()
    day = await DailyUsage.objects.aget()
    assert (day.requests, day.hits, day.cost_microdollars, day.saved_microdollars) == (3, 2, 150, 300)
    assert (day.ttfb_seconds, day.voice_seconds) == (0.5, 6.0)
    assert day.day == datetime.now(UTC).date()


async def test_a_reply_of_the_assistant_is_counted_with_the_user_alone(account: Account) -> None:
    record(account.about("a room"), "", Usage(realtime=1))
    record(account.about("a room"), "", Usage(realtime=1))
    await usages.flush()
    assert (await UserAnalytics.objects.aget()).realtime_requests == 2
    assert not await DailyUsage.objects.aexists()


async def test_who_was_deleted_within_the_second_holds_up_nobody(account: Account, user: User) -> None:
    other = await User.objects.acreate(username="eve")
    record(account, "openai", MADE)
    record(Account(other.pk), "openai", MADE)
    await user.adelete()
    await usages.flush()
    assert [row.user_id async for row in DailyUsage.objects.all()] == [other.pk]


async def test_money_that_was_spent_stays_in_the_books_when_its_user_goes(account: Account, user: User) -> None:
    record(account, "openai", MADE)
    await usages.flush()
    await user.adelete()
    row = await DailyUsage.objects.aget()
    assert (row.user_id, row.cost_microdollars) == (None, 150)
    assert not await UserAnalytics.objects.aexists()
