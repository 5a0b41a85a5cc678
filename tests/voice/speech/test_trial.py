from __future__ import annotations

import pytest

from tests.vendors.server import FakeVendors
from voice.domain.errors import ProviderForbidden
from voice.domain.voice import VoiceId
from voice.models import ProviderCall
from voice.speech.trial import try_out

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

ALLOY = VoiceId("openai", "alloy")


async def test_a_provider_says_a_word_and_the_time_is_taken(vendor: FakeVendors) -> None:
    vendor.first_delay_s = 0.05
    trial = await try_out(ALLOY, "tts-1")
    assert trial.error is None
    assert 0.05 <= trial.ttfb_s <= trial.took_s < 5
    assert vendor.heard[0].body["input"] == "Hello."


async def test_its_failure_is_told_and_not_raised(vendor: FakeVendors) -> None:
    vendor.misbehave("openai", "401")
    assert isinstance((await try_out(ALLOY, "tts-1")).error, ProviderForbidden)
    assert not await ProviderCall.objects.filter(outcome=ProviderCall.Outcome.SPOKE).aexists()
