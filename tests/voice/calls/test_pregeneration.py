"""Audio made ahead, and how its end is written down."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from accounts.account import Account
from accounts.features import ALL, Feature
from accounts.limits import UNLIMITED
from accounts.models import User
from tests.vendors.server import FakeVendors
from voice.calls import leases
from voice.calls.pregeneration import is_wanted, pregeneration
from voice.models import CallSession, Message, SpokenMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vendor", "settled")]


@pytest.fixture
def message(user: User) -> Message:
    """A reply that is leased to this process."""
    call = CallSession.objects.create(owner=user)
    reply = call.messages.create(author=Message.Author.ASSISTANT, text="Hello there.")
    leases.lease(reply, user.pk)
    return reply


async def ended(message: Message) -> SpokenMessage:
    await pregeneration.settle(10)
    return await SpokenMessage.objects.aget(pk=message.pk)


async def error_of(message: Message) -> dict[str, Any]:
    """Why it failed."""
    row = await ended(message)
    assert (row.state, row.duration_s) == ("failed", None)
    error: dict[str, Any] = row.error or {}
    return error


async def test_it_is_ready_with_its_duration(message: Message, account: Account, vendor: FakeVendors) -> None:
    pregeneration.start(message, account)
    assert pregeneration.message_ids == [message.pk]
    row = await ended(message)
    assert (row.state, row.error) == ("ready", None)
    assert row.duration_s == pytest.approx(1.0, abs=0.05)
    assert pregeneration.message_ids == []


async def test_without_a_provider_it_fails_and_says_why(
    message: Message, account: Account, vendor: FakeVendors, settings: Settings
) -> None:
    vendor.misbehave("openai", "401")
    pregeneration.start(message, account)
    assert (await error_of(message))["code"] == "all_providers_failed"


async def test_a_voice_that_breaks_off_is_told_of_without_naming_the_vendor(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    vendor.misbehave("openai", "cut-chunked")
    pregeneration.start(message, account)
    assert await error_of(message) == {
        "code": "synthesis_broken",
        "message": "The voice broke off before the end.",
    }


async def test_who_has_used_up_their_plan_is_told_so(message: Message, user: User, vendor: FakeVendors) -> None:
    pregeneration.start(message, Account(user.pk, replace(UNLIMITED, characters_per_day=1)))
    error = await error_of(message)
    assert (error["code"], error["retry_after"] > 0) == ("quota_exceeded", True)
    assert vendor.heard == []


async def test_what_is_unfinished_when_the_process_ends_is_left_to_the_next(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    vendor.hold.clear()
    pregeneration.start(message, account)
    while not vendor.heard:
        await asyncio.sleep(0.01)
    await pregeneration.settle(0)
    row = await SpokenMessage.objects.aget(pk=message.pk)
    assert (row.state, pregeneration.message_ids) == ("waiting", [])
    vendor.hold.set()


async def test_a_message_that_is_deleted_meanwhile_leaves_nothing(
    message: Message, account: Account, vendor: FakeVendors
) -> None:
    vendor.hold.clear()
    pregeneration.start(message, account)
    while not vendor.heard:
        await asyncio.sleep(0.01)
    await message.adelete()
    vendor.hold.set()
    await pregeneration.settle(10)
    assert not await SpokenMessage.objects.aexists()


@pytest.mark.parametrize("missing", [Feature.PREFETCH, Feature.SPEECH])
def test_nothing_is_made_ahead_for_who_may_not(missing: Feature) -> None:
    assert is_wanted(Account(1))
    assert not is_wanted(Account(1, features=ALL - {missing}))


def test_nor_where_speech_is_switched_off(settings: Settings) -> None:
    settings.TTS_ENABLED = False
    assert not is_wanted(Account(1))
