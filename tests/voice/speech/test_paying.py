from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts import quota, throttle
from accounts.account import Account
from accounts.errors import (
    LimitsUnavailable,
    ProviderNotAllowed,
    QuotaExceeded,
    TextTooLong,
    Throttled,
    TrialEnded,
)
from accounts.limits import Limits
from accounts.models import Reservation, Spending, User
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import AudioTooLong, InvalidRequest, SpeechError
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import TtsCache
from voice.speech.inflight import in_flight
from voice.speech.speak import speak
from voice.speech.speech import Found, Live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="tts-1")
LETTERS = len(HELLO.text)


@pytest.fixture
def limited(user: User) -> Account:
    return Account(user.pk, Limits(characters_per_day=2 * LETTERS, requests_per_minute=60))


@pytest.fixture
def other(user: User) -> Account:
    return Account(User.objects.create_user("bob").pk, Limits(characters_per_day=2 * LETTERS))


async def made(request: SpeechRequest, account: Account, *, keep: bool = True) -> Live:
    """Spoken to its end."""
    speech = await speak(request, account, keep=keep)
    assert isinstance(speech, Live)
    await speech.whole()
    return speech


async def spending() -> Spending:
    """What is spent once everything is settled; nothing is set aside any more."""
    await in_flight.settle(5)
    await quota.settlements.flush()
    assert not await Reservation.objects.aexists()
    return await Spending.objects.aget()


async def test_what_was_made_is_settled_with_what_it_came_to(vendor: FakeVendors, limited: Account) -> None:
    await made(HELLO, limited)
    row = await spending()
    assert row.day_characters == LETTERS
    assert row.month_milliseconds == pytest.approx(1_000, abs=50), "what the audio lasts, not what was guessed"
    assert row.month_microdollars == 15 * LETTERS, "tts-1 takes 15 dollars for a million characters"


async def test_hits_cost_nothing_and_play_when_nothing_is_left(vendor: FakeVendors, limited: Account) -> None:
    await made(HELLO, limited)
    broke = replace(limited, limits=Limits(0, 0, 0, 0, requests_per_minute=1, trial_ends_at=timezone.now()))
    assert isinstance(await speak(HELLO, broke), Found)
    assert (await spending()).day_characters == LETTERS


async def test_who_joins_pays_nothing(vendor: FakeVendors, limited: Account) -> None:
    vendor.hold.clear()
    first, second = await speak(HELLO, limited), await speak(HELLO, limited)
    assert isinstance(second, Live)
    assert second.joined
    assert second.rate is None
    vendor.hold.set()
    assert isinstance(first, Live)
    assert first.rate is not None
    assert first.rate.remaining == 59
    await second.whole()
    assert (await spending()).day_characters == LETTERS


async def test_beyond_the_quota_nobody_is_called(vendor: FakeVendors, limited: Account) -> None:
    with pytest.raises(QuotaExceeded):
        await speak(HELLO.saying("Hello there, whoever you are"), limited)
    assert vendor.heard == []


async def test_beyond_the_throttle_nobody_is_called(vendor: FakeVendors, limited: Account) -> None:
    slow = replace(limited, limits=Limits(requests_per_minute=1))
    throttle.forget()
    await made(HELLO, slow)
    with pytest.raises(Throttled):
        await speak(HELLO.saying("Good bye"), slow)
    assert len(vendor.heard) == 1
    assert isinstance(await speak(HELLO, slow), Found)


@pytest.mark.parametrize("mischief", ["500", "cut", "empty"])
async def test_a_provider_that_fails_costs_nothing(vendor: FakeVendors, limited: Account, mischief: str) -> None:
    vendor.misbehave("openai", mischief)
    with pytest.raises(SpeechError):
        await made(HELLO, limited)
    row = await spending()
    assert (row.day_characters, row.month_milliseconds, row.month_microdollars, row.messages) == (0, 0, 0, 0)


async def test_what_nobody_waits_for_any_longer_is_finished_and_paid(vendor: FakeVendors, limited: Account) -> None:
    vendor.hold.clear()
    speech = await speak(HELLO, limited)
    assert isinstance(speech, Live)
    vendor.hold.set()
    assert (await spending()).day_characters == LETTERS


async def test_who_leaves_a_passing_stream_pays_what_was_begun(vendor: FakeVendors, limited: Account) -> None:
    vendor.hold.clear()
    speech = await speak(HELLO, limited, keep=False)
    assert isinstance(speech, Live)
    await speech.ready()
    await speech.chunks.aclose()
    vendor.hold.set()
    row = await spending()
    assert row.day_characters == LETTERS
    assert row.month_milliseconds < 500


async def test_who_leaves_before_anybody_spoke_pays_nothing(vendor: FakeVendors, limited: Account) -> None:
    vendor.first_delay_s = 5
    speech = await speak(HELLO, limited, keep=False)
    assert isinstance(speech, Live)
    await speech.chunks.aclose()
    assert (await spending()).day_characters == 0


async def test_a_passing_stream_is_paid_like_any_other(vendor: FakeVendors, limited: Account) -> None:
    await made(HELLO, limited, keep=False)
    row = await spending()
    assert (row.day_characters, row.month_microdollars) == (LETTERS, 15 * LETTERS)


async def test_what_a_stand_in_says_is_paid_by_its_price(
    vendors: FakeVendors, limited: Account, settings: Settings
) -> None:
    settings.TTS_PROVIDER = ["openai", "elevenlabs"]
    vendors.misbehave("openai", "500")
    await made(HELLO, limited)
    assert (await spending()).month_microdollars == 50 * LETTERS, "ElevenLabs' flash takes 50"


async def test_ones_refusal_is_nobody_elses(vendor: FakeVendors, limited: Account, other: Account) -> None:
    broke = replace(limited, limits=Limits(characters_per_day=1))
    answers = await asyncio.gather(speak(HELLO, broke), speak(HELLO, other), return_exceptions=True)
    assert isinstance(answers[0], QuotaExceeded)
    assert isinstance(answers[1], Live)
    await answers[1].whole()
    assert len(vendor.heard) == 1


async def test_all_of_ones_own_are_refused_at_once(vendor: FakeVendors, limited: Account) -> None:
    broke = replace(limited, limits=Limits(characters_per_day=1))
    answers = await asyncio.gather(*[speak(HELLO, broke) for _ in range(50)], return_exceptions=True)
    assert all(isinstance(answer, QuotaExceeded) for answer in answers)
    assert vendor.heard == []


async def test_the_plan_bounds_a_text(vendor: FakeVendors, limited: Account) -> None:
    short = replace(limited, limits=Limits(max_characters=5))
    with pytest.raises(TextTooLong, match="At most 5 characters on this plan; these are 11"):
        await speak(HELLO, short)


async def test_the_plan_names_who_may_speak(vendors: FakeVendors, limited: Account, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai", "elevenlabs", "azure"]
    chosen = replace(limited, limits=Limits(providers=frozenset({"openai", "azure"})))
    with pytest.raises(ProviderNotAllowed, match="no voices of elevenlabs, but those of azure, openai"):
        await speak(replace(HELLO, voice=VoiceId("elevenlabs", "JBFqnCBsd6RMkjVDRZzb"), model=""), chosen)
    vendors.misbehave("openai", "500")
    speech = await made(HELLO, chosen)
    assert speech.job.broadcast.spoken is not None
    assert speech.job.broadcast.spoken.voice.provider == "azure", "and the fallback keeps to them"


async def test_a_trial_that_is_over_says_so(vendor: FakeVendors, limited: Account) -> None:
    with pytest.raises(TrialEnded):
        await speak(HELLO, replace(limited, limits=Limits(trial_messages=0)))


async def test_without_redis_nothing_new_is_made(vendor: FakeVendors, limited: Account, settings: Settings) -> None:
    await made(HELLO, limited)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(LimitsUnavailable):
        await speak(HELLO.saying("Good bye"), limited)
    assert isinstance(await speak(HELLO, limited), Found)


async def test_audio_that_would_take_too_long_is_not_begun(
    vendor: FakeVendors, limited: Account, settings: Settings
) -> None:
    settings.TTS_MAX_SECONDS = 10
    with pytest.raises(InvalidRequest) as refused:
        await speak(HELLO.saying("word " * 60), replace(limited, limits=Limits()))
    assert "At most 10 seconds" in refused.value.fields["text"]
    assert vendor.heard == []


@pytest.mark.parametrize("audio_format", list(AudioFormat))
@pytest.mark.parametrize("keep", [True, False])
async def test_audio_that_goes_on_for_too_long_is_broken_off_and_paid(
    vendor: FakeVendors, limited: Account, settings: Settings, audio_format: AudioFormat, keep: bool
) -> None:
    settings.TTS_MAX_SECONDS, vendor.seconds, vendor.chunks = 2, 40, 100
    speech = await speak(replace(HELLO, format=audio_format), limited, keep=keep)
    assert isinstance(speech, Live)
    with pytest.raises(AudioTooLong):
        await speech.whole()
    row = await spending()
    assert (row.day_characters, row.month_milliseconds) == (LETTERS, 2_000)
    assert not await TtsCache.objects.aexists()


async def test_commands_speak_on_nobodys_account(vendor: FakeVendors) -> None:
    speech = await speak(HELLO, None)
    assert isinstance(speech, Live)
    await speech.whole()
    assert not await Spending.objects.aexists()
