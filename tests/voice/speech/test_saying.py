"""What is said in turn is asked for ahead, and let go without a trace."""

from __future__ import annotations

import asyncio

import pytest
from pytest_django import Settings

from accounts.account import Account
from tests.vendors.server import FakeVendors
from voice.domain.errors import InvalidRequest
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import TtsCache
from voice.speech.inflight import in_flight
from voice.speech.saying import Saying

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello", VoiceId("openai", "alloy"), model="tts-1")


async def heard(saying: Saying) -> bytes:
    return b"".join([chunk async for chunk in saying.chunks()])


async def test_it_is_asked_for_once_however_often_it_is_prepared(vendor: FakeVendors, account: Account) -> None:
    saying = Saying(HELLO, account)
    saying.prepare()
    await saying.prepare()
    assert await heard(saying)
    assert len(vendor.heard) == 1


async def test_what_was_said_before_comes_from_the_cache(vendor: FakeVendors, account: Account) -> None:
    first = await heard(Saying(HELLO, account))
    await in_flight.settle(5)
    assert await heard(Saying(HELLO, account)) == first
    assert len(vendor.heard) == 1


async def test_what_was_never_prepared_is_never_made(vendor: FakeVendors, account: Account) -> None:
    await Saying(HELLO, account).drop()
    assert vendor.heard == []


async def test_what_is_dropped_while_it_is_made_is_kept(vendor: FakeVendors, account: Account) -> None:
    saying = Saying(HELLO, account)
    await saying.prepare()
    await saying.drop()
    await in_flight.settle(5)
    assert await TtsCache.objects.acount() == 1


async def test_where_nothing_is_kept_the_call_ends_with_who_drops_it(
    vendor: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_STORAGE = "off"
    vendor.hold.clear()
    saying = Saying(HELLO, account)
    chunks = saying.chunks()
    assert await anext(chunks)
    await chunks.aclose()
    await saying.drop()
    async with asyncio.timeout(5):
        await vendor.left.wait()


async def test_one_that_failed_can_be_dropped(vendor: FakeVendors, account: Account) -> None:
    saying = Saying(HELLO.saying(" "), account)
    with pytest.raises(InvalidRequest):
        await saying.prepare()
    await saying.drop()
