from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from pytest_django import Settings

from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import ProviderCall, ProviderModel
from voice.speech import ledger
from voice.speech.fallback import first_to_speak
from voice.speech.probing import say_a_word
from voice.speech.trial import WORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Xylophone", VoiceId("openai", "alloy"), model="tts-1", format=AudioFormat.PCM)
PRICE = Decimal(15)
COST = PRICE * len(HELLO.text) / 1_000_000


@pytest.fixture(autouse=True)
def priced(settings: Settings, transactional_db: None) -> None:
    settings.TTS_PROVIDER = ["openai"]
    settings.TTS_PROVIDER_TIMEOUT = 0.5
    ProviderModel.objects.update_or_create(
        provider="openai", name="tts-1", defaults={"price_per_million_characters": PRICE, "sunset_on": None}
    )


async def rows(request: SpeechRequest) -> list[ProviderCall]:
    """What was written down of a request."""
    with suppress(SpeechError):
        speaking = await first_to_speak(request)
        async for _ in speaking.chunks:
            pass
    await ledger.calls.flush()
    return [row async for row in ProviderCall.objects.order_by("pk")]


async def test_a_call_is_written_down_with_what_it_took(vendors: FakeVendors) -> None:
    (row,) = await rows(HELLO)
    assert (row.provider, row.model, row.voice, row.characters) == ("openai", "tts-1", "alloy", len(HELLO.text))
    assert (row.outcome, row.error, row.cost) == ("spoke", "", COST)
    assert row.audio_s == pytest.approx(1.0, abs=0.01)
    assert row.ttfb_s is not None
    assert 0 < row.ttfb_s <= row.duration_s


@pytest.mark.parametrize("audio_format", [AudioFormat.PCM, AudioFormat.WAV, AudioFormat.MP3])
async def test_it_says_how_much_audio_came_where_the_format_tells(
    vendors: FakeVendors, audio_format: AudioFormat
) -> None:
    vendors.seconds = 10.0
    (row,) = await rows(replace(HELLO, format=audio_format))
    assert row.audio_s == pytest.approx(10.0, rel=0.02)


async def test_no_row_holds_a_word_of_what_was_said(vendors: FakeVendors) -> None:
    await rows(HELLO)
    (row,) = [row async for row in ProviderCall.objects.values()]
    assert "ylophone" not in repr(row)


@pytest.mark.parametrize(
    ("mischief", "error", "calls"),
    [("500", "provider_unavailable", 2), ("400", "provider_rejected", 1), ("hang", "provider_timeout", 1)],
)
async def test_every_attempt_that_failed_has_a_row_and_cost_nothing(
    vendors: FakeVendors, mischief: str, error: str, calls: int
) -> None:
    vendors.misbehave("openai", mischief)
    found = await rows(HELLO)
    assert [(row.outcome, row.error, row.ttfb_s, row.cost) for row in found] == [
        ("failed", error, None, Decimal(0))
    ] * calls


async def test_one_that_broke_off_says_so(vendors: FakeVendors) -> None:
    vendors.misbehave("openai", "cut")
    (row,) = await rows(HELLO)
    assert (row.outcome, row.error, row.cost) == ("broken", "provider_unavailable", COST)
    assert row.ttfb_s is not None


async def test_one_that_nobody_waited_for_says_so(vendors: FakeVendors) -> None:
    speaking = await first_to_speak(HELLO)
    await anext(speaking.chunks)
    await speaking.chunks.aclose()
    await ledger.calls.flush()
    row = await ProviderCall.objects.aget()
    assert (row.outcome, row.error, row.cost) == ("cancelled", "", COST)


async def test_a_price_that_is_not_known_is_no_price(vendors: FakeVendors) -> None:
    (row,) = await rows(replace(HELLO, model="my-own-model"))
    assert row.cost is None


async def test_a_probe_is_counted_like_any_other_call(vendors: FakeVendors) -> None:
    await say_a_word("openai")
    await ledger.calls.flush()
    row = await ProviderCall.objects.aget()
    assert (row.outcome, row.characters) == ("spoke", len(WORD))


async def test_nobody_waits_for_the_rows(vendors: FakeVendors) -> None:
    for number in range(20):
        speaking = await first_to_speak(replace(HELLO, text=f"Number {number}"))
        async for _ in speaking.chunks:
            pass
    assert not await ProviderCall.objects.aexists()
    await ledger.calls.flush()
    assert await ProviderCall.objects.acount() == 20
