from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from pytest_django import Settings

from accounts import quota, settling
from accounts.account import Account
from accounts.errors import LimitsUnavailable, QuotaExceeded, TextTooLong, TrialEnded
from accounts.limits import Amount, Limits
from accounts.models import Quota, Reservation, Spending, User
from accounts.permits import Permit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HUNDRED = Amount(characters=100, milliseconds=6_000, microdollars=1_500)
A_DAY = Limits(characters_per_day=1_000)


@pytest.fixture
def limited(user: User) -> Account:
    return Account(user.pk, A_DAY)


@pytest.fixture(autouse=True)
async def nothing_open() -> AsyncIterator[None]:
    yield
    quota.open_permits.clear()


async def spent() -> tuple[int, int, int, int, int]:
    """Today's characters, the month's amounts, and the messages, once everything is settled."""
    await quota.settlements.flush()
    row = await Spending.objects.aget()
    month = row.month_characters, row.month_milliseconds, row.month_microdollars
    return row.day_characters, *month, row.messages


async def permit_for(account: Account, amount: Amount = HUNDRED) -> Permit:
    permit = await quota.reserve(account, amount)
    assert permit is not None
    return permit


async def test_who_has_no_limits_is_not_counted(user: User) -> None:
    assert await quota.reserve(Account(user.pk), HUNDRED) is None
    quota.settle(None, HUNDRED)
    assert not await Spending.objects.aexists()


async def test_what_is_set_aside_is_spent_until_it_is_settled(limited: Account) -> None:
    permit = await permit_for(limited)
    assert await spent() == (100, 100, 6_000, 1_500, 1)
    quota.settle(permit, Amount(80, 5_000, 1_200))
    assert await spent() == (80, 80, 5_000, 1_200, 1)
    assert not await Reservation.objects.aexists()


async def test_what_failed_costs_nothing(limited: Account) -> None:
    quota.settle(await permit_for(limited), None)
    assert await spent() == (0, 0, 0, 0, 0)
    assert not await Reservation.objects.aexists()


async def test_a_hundred_at_once_never_spend_more_than_there_is(limited: Account) -> None:
    answers = await asyncio.gather(*[quota.reserve(limited, HUNDRED) for _ in range(100)], return_exceptions=True)
    assert sum(isinstance(answer, Permit) for answer in answers) == 10
    assert sum(isinstance(answer, QuotaExceeded) for answer in answers) == 90
    assert (await spent())[0] == 1_000


async def test_a_refusal_names_the_limit_what_is_left_and_when_it_starts_anew(limited: Account) -> None:
    await permit_for(limited, Amount(characters=950))
    with pytest.raises(QuotaExceeded) as refused:
        await quota.reserve(limited, HUNDRED)
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    assert refused.value.limit == "characters_per_day"
    assert refused.value.resets_at.date() == tomorrow
    assert 0 < (refused.value.retry_after_s or 0) <= 24 * 3600
    assert refused.value.message.startswith("Characters today: 50 of 1,000 characters left")


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        (Limits(characters_per_month=99), "characters_per_month"),
        (Limits(milliseconds_per_month=5_999), "milliseconds_per_month"),
        (Limits(microdollars_per_month=1_499), "microdollars_per_month"),
    ],
)
async def test_each_limit_holds(user: User, limits: Limits, name: str) -> None:
    with pytest.raises(QuotaExceeded) as refused:
        await quota.reserve(Account(user.pk, limits), HUNDRED)
    assert refused.value.limit == name


async def test_a_limit_may_be_used_up_to_the_last_of_it(user: User) -> None:
    limits = Limits(100, 100, 6_000, 1_500)
    assert await quota.reserve(Account(user.pk, limits), HUNDRED) is not None


async def test_yesterdays_characters_do_not_count_today(limited: Account) -> None:
    await permit_for(limited, Amount(characters=1_000))
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    await Spending.objects.aupdate(day=yesterday)
    await permit_for(limited)
    assert (await spent())[0] == 100


async def test_last_months_money_does_not_count_this_month(user: User) -> None:
    account = Account(user.pk, Limits(microdollars_per_month=1_500))
    await permit_for(account)
    last_month = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
    await Spending.objects.aupdate(month=last_month.replace(day=1))
    await permit_for(account)
    assert (await spent())[3] == 1_500


async def test_what_was_begun_yesterday_is_settled_with_yesterday(limited: Account) -> None:
    permit = await permit_for(limited)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    await Reservation.objects.aupdate(day=yesterday)
    quota.settle(permit, Amount(characters=10))
    assert (await spent())[0] == 100, "today's count is not touched"


async def test_a_trial_ends_after_its_messages(user: User) -> None:
    account = Account(user.pk, Limits(trial_messages=1))
    quota.settle(await permit_for(account), HUNDRED)
    with pytest.raises(TrialEnded, match="1 spoken messages were heard"):
        await quota.reserve(account, HUNDRED)


async def test_a_trials_message_that_failed_is_given_back(user: User) -> None:
    account = Account(user.pk, Limits(trial_messages=1))
    quota.settle(await permit_for(account), None)
    await permit_for(account)


async def test_a_trial_ends_after_its_days(user: User) -> None:
    over = Account(user.pk, Limits(trial_ends_at=datetime.now(UTC) - timedelta(seconds=1)))
    with pytest.raises(TrialEnded, match="The trial ended on"):
        await quota.reserve(over, HUNDRED)
    going_on = Account(user.pk, Limits(trial_ends_at=datetime.now(UTC) + timedelta(days=1)))
    assert await quota.reserve(going_on, HUNDRED) is None


async def test_what_is_settled_but_not_written_yet_can_be_spent(limited: Account) -> None:
    quota.settle(await permit_for(limited, Amount(characters=1_000)), None)
    await permit_for(limited, Amount(characters=1_000))


async def test_what_a_crash_left_behind_can_be_spent_once_its_lease_has_ended(
    limited: Account, settings: Settings
) -> None:
    settings.TTS_LEASE_SECONDS = 0.0
    await permit_for(limited, Amount(characters=1_000))
    await permit_for(limited, Amount(characters=1_000))
    assert await Reservation.objects.acount() == 1


async def test_what_still_runs_is_not_returned(limited: Account) -> None:
    permit = await permit_for(limited, Amount(characters=1_000))
    await Reservation.objects.aupdate(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    await sync_to_async(settling.renew)([permit.id], datetime.now(UTC) + timedelta(seconds=60))
    with pytest.raises(QuotaExceeded):
        await quota.reserve(limited, HUNDRED)


async def test_what_comes_after_its_lease_is_counted_all_the_same(limited: Account) -> None:
    permit = await permit_for(limited)
    await sync_to_async(settling.lapse)(datetime.now(UTC) + timedelta(days=1))
    assert await spent() == (0, 0, 0, 0, 0)
    quota.settle(permit, HUNDRED)
    assert await spent() == (100, 100, 6_000, 1_500, 1)


async def test_a_room_has_limits_of_its_own_for_all_who_speak_in_it(user: User) -> None:
    await Quota.objects.acreate(room="lounge", characters_per_day=150)
    other = await User.objects.acreate(username="bob")
    await permit_for(Account(user.pk, A_DAY, room="lounge"))
    with pytest.raises(QuotaExceeded, match="This conversation's characters today: 50 of 150"):
        await quota.reserve(Account(other.pk, A_DAY, room="lounge"), HUNDRED)
    await permit_for(Account(other.pk, A_DAY, room="elsewhere"))


async def test_a_refusal_by_the_room_leaves_nothing_spent_of_the_users(user: User) -> None:
    await Quota.objects.acreate(room="lounge", characters_per_day=99)
    with pytest.raises(QuotaExceeded):
        await quota.reserve(Account(user.pk, A_DAY, room="lounge"), HUNDRED)
    assert not await Reservation.objects.aexists()
    assert (await Spending.objects.filter(user=user).afirst()) is None or (await spent())[0] == 0


async def test_a_room_may_have_a_largest_text(user: User) -> None:
    await Quota.objects.acreate(room="lounge", max_characters=99)
    with pytest.raises(TextTooLong, match="At most 99 characters in this conversation; these are 100"):
        await quota.reserve(Account(user.pk, room="lounge"), HUNDRED)


async def test_without_its_store_nothing_is_spent(limited: Account) -> None:
    def rename(before: str, after: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")

    await sync_to_async(rename)("accounts_spending", "gone")
    try:
        with pytest.raises(LimitsUnavailable) as refused:
            await quota.reserve(limited, HUNDRED)
        assert refused.value.retry_after_s
    finally:
        await sync_to_async(rename)("gone", "accounts_spending")


async def test_a_user_can_be_told_how_they_stand(user: User) -> None:
    await Quota.objects.acreate(user=user, characters_per_day=400, money_per_month="1.50")
    limits = Limits(characters_per_day=400, microdollars_per_month=1_500_000)
    await permit_for(Account(user.pk, limits), Amount(100, 60_000, 750_000))
    told = {each.name: each for each in await sync_to_async(quota.standing)(user)}
    assert (told["characters_per_day"].used, told["characters_per_day"].limit) == (100, 400)
    assert told["characters_per_day"].share == pytest.approx(0.25)
    money = told["microdollars_per_month"]
    assert (money.used, money.limit, money.unit, money.left) == (0.75, 1.5, "USD", 0.75)
    assert money.resets_at is not None
    assert money.resets_at.day == 1
