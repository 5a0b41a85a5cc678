"""What a process that is gone left behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Flag, User
from tests.vendors.server import FakeVendors
from voice.calls.resuming import MOST_ATTEMPTS, finish_what_was_left, keep_leases
from voice.models import CallSession, Message, SpokenMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vendor", "settled")]


@pytest.fixture
def left(user: User) -> list[SpokenMessage]:
    """Three messages, of which a process that is gone was making one while two waited."""
    call = CallSession.objects.create(owner=user)
    return [left_behind(call, number, state) for number, state in enumerate(("making", "waiting", "waiting"))]


def left_behind(call: CallSession, number: int, state: str) -> SpokenMessage:
    reply = call.messages.create(author=Message.Author.ASSISTANT, text=f"Left behind: {number}.")
    until = timezone.now() - timedelta(seconds=9 - number)
    return SpokenMessage.objects.create(
        message=reply, owner_id=call.owner_id, state=state, worker="gone", leased_until=until
    )


@pytest.fixture
async def serving(left: list[SpokenMessage]) -> AsyncIterator[None]:
    """A process that looks for what was left, as long as the test goes on."""
    looking = asyncio.create_task(finish_what_was_left())
    yield
    looking.cancel()
    await asyncio.wait({looking})


async def until_none_is_open() -> list[str]:
    async with asyncio.timeout(20):
        while await SpokenMessage.objects.filter(state__in=["waiting", "making"]).aexists():
            await asyncio.sleep(0.01)
    return [row.state async for row in SpokenMessage.objects.order_by("leased_until")]


async def test_all_of_it_is_finished_one_after_the_other(serving: None, vendor: FakeVendors) -> None:
    assert await until_none_is_open() == ["ready"] * 3
    assert (len(vendor.heard), vendor.most_at_once) == (3, 1)


async def test_what_its_owner_may_no_longer_have_is_dropped(
    left: list[SpokenMessage], vendor: FakeVendors, settings: Settings
) -> None:
    await Flag.objects.aupdate_or_create(name="prefetch", defaults={"everyone": False})
    looking = asyncio.create_task(finish_what_was_left())
    assert await until_none_is_open() == ["dropped"] * 3
    assert vendor.heard == []
    looking.cancel()


async def test_what_was_begun_too_often_has_failed(left: list[SpokenMessage], vendor: FakeVendors) -> None:
    await SpokenMessage.objects.filter(pk=left[0].pk).aupdate(attempts=MOST_ATTEMPTS)
    looking = asyncio.create_task(finish_what_was_left())
    await until_none_is_open()
    looking.cancel()
    await left[0].arefresh_from_db()
    assert left[0].state == "failed"
    assert left[0].error is not None
    assert left[0].error["code"] == "synthesis_broken"
    assert len(vendor.heard) == 2


async def test_what_is_being_made_for_long_is_not_taken_for_left(
    left: list[SpokenMessage], vendor: FakeVendors, settings: Settings
) -> None:
    settings.TTS_LEASE_SECONDS = 0.3
    vendor.hold.clear()
    tasks = [asyncio.create_task(finish_what_was_left()), asyncio.create_task(keep_leases())]
    tasks.append(asyncio.create_task(finish_what_was_left()))
    while len(vendor.heard) < 2:
        await asyncio.sleep(0.01)
    begun = SpokenMessage.objects.filter(state="making")
    first = {row.pk: row.leased_until async for row in begun}
    while any([row.leased_until <= first[row.pk] async for row in begun.all()]):
        await asyncio.sleep(0.01)
    assert {row.attempts async for row in begun.all()} == {2}
    vendor.hold.set()
    await until_none_is_open()
    for task in tasks:
        task.cancel()
    assert len(vendor.heard) == 3
