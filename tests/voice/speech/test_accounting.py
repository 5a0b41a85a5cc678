from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from pytest_django import Settings

from accounts.account import Account
from accounts.models import DailyUsage
from accounts.usage import usages
from tests.vendors.server import FakeVendors
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import ProviderModel
from voice.providers import catalogue
from voice.speech.accounting import microdollars
from voice.speech.speak import speak
from voice.speech.speech import Live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello **there**", VoiceId("openai", "alloy"), model="tts-1")
PRICE = 11 * 15
"""Characters of "Hello there", and what each costs with tts-1 in millionths of a dollar."""


async def made(request: SpeechRequest, account: Account) -> None:
    speech = await speak(request, account)
    assert isinstance(speech, Live)
    await asyncio.wait({speech.job.making})


async def used(**where: str) -> DailyUsage:
    await usages.flush()
    return await DailyUsage.objects.aget(**where)


async def test_what_is_made_costs_its_price(vendor: FakeVendors, account: Account) -> None:
    await made(HELLO, account.about("a room"))
    row = await used()
    assert (row.user_id, row.room, row.provider) == (account.user_id, "a room", "openai")
    assert (row.requests, row.hits, row.joined, row.failures) == (1, 0, 0, 0)
    assert (row.characters, row.cost_microdollars, row.saved_microdollars) == (11, PRICE, 0)
    assert 0 < row.ttfb_seconds < 60


async def test_a_hit_saves_what_it_would_have_cost(vendor: FakeVendors, account: Account) -> None:
    await made(HELLO, account)
    for _ in range(2):
        await speak(HELLO, account)
    row = await used()
    assert (row.requests, row.hits, row.characters) == (3, 2, 11)
    assert (row.cost_microdollars, row.saved_microdollars) == (PRICE, 2 * PRICE)


async def test_who_joins_saves_it_as_well(vendor: FakeVendors, account: Account) -> None:
    parts = await asyncio.gather(*[speak(HELLO, account) for _ in range(5)])
    await asyncio.wait({part.job.making for part in parts if isinstance(part, Live)})
    row = await used()
    assert (row.requests, row.joined, row.hits, row.characters) == (5, 4, 0, 11)
    assert (row.cost_microdollars, row.saved_microdollars) == (PRICE, 4 * PRICE)
    assert len(vendor.heard) == 1


async def test_what_a_stand_in_said_before_is_a_hit_of_its_own(
    vendors: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    vendors.misbehave("openai", "500")
    for _ in range(2):
        await made(HELLO, account)
    row = await used()
    assert (row.provider, row.requests, row.hits, row.characters) == ("azure", 2, 1, 11)
    assert row.saved_microdollars == row.cost_microdollars == 11 * 16


async def test_a_failure_is_laid_to_who_was_asked_first(
    vendors: FakeVendors, account: Account, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "azure"]
    for vendor in ("openai", "azure"):
        vendors.misbehave(vendor, "500")
    await made(HELLO, account)
    row = await used()
    assert (row.provider, row.requests, row.failures) == ("openai", 1, 1)
    assert (row.characters, row.cost_microdollars, row.voice_seconds) == (0, 0, 0.0)


async def test_one_that_breaks_off_is_laid_to_who_spoke_and_costs_all_the_same(
    vendor: FakeVendors, account: Account
) -> None:
    await ProviderModel.objects.acreate(provider="openai", name="cut", price_per_million_characters=15)
    catalogue.expire()
    await made(replace(HELLO, model="cut"), account)
    row = await used()
    assert (row.provider, row.requests, row.failures, row.characters) == ("openai", 1, 1, 0)
    assert row.cost_microdollars == PRICE


async def test_a_model_without_a_price_costs_nothing_that_is_known(vendor: FakeVendors, account: Account) -> None:
    await catalogue.fresh()
    assert microdollars("openai", "of their own", 1_000_000) == 0
    assert microdollars("openai", "tts-1", 1_000_000) == 15_000_000


async def test_commands_speak_on_nobodys_account(vendor: FakeVendors) -> None:
    speech = await speak(HELLO, None)
    assert isinstance(speech, Live)
    await speech.whole()
    await usages.flush()
    assert not await DailyUsage.objects.aexists()
