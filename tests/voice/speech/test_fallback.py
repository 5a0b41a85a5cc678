from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.audio import decoded_s
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import AllProvidersFailed, ProviderError, SpeechError, UnsupportedText
from voice.domain.speech import SpeechRequest, Stitch
from voice.domain.voice import VoiceId
from voice.models import ProviderModel, Voice
from voice.providers import catalogue
from voice.providers.catalogue import KnownVoice
from voice.speech.availability import availability
from voice.speech.breaker import FIRST_PAUSE_S, OPENS_AT
from voice.speech.fallback import Speaking, first_to_speak
from voice.speech.trial import WORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="tts-1")
RACHEL = replace(HELLO, voice=VoiceId("elevenlabs", "EXAVITQu4vr4xnSDxMaL"), model="eleven_flash_v2_5")
BEFORE_THE_FIRST_CHUNK = [
    "400", "401", "402", "403", "404", "413", "429", "429-bare", "500", "503", "hang", "empty", "html", "wrong-type",
    "garbage",
]  # fmt: skip
AFTER_IT = ["hang-midway", "cut", "cut-chunked"]
NOBODYS_DAY = ["400", "404", "413", "empty", "html", "garbage"]
"""Failures that say nothing about how the vendor is today."""


@pytest.fixture
def two(vendors: FakeVendors, settings: Settings) -> FakeVendors:
    """OpenAI, and Azure behind it, with little time for each."""
    settings.TTS_PROVIDER = ["openai", "azure"]
    settings.TTS_PROVIDER_TIMEOUT = 2.0
    return vendors


@asynccontextmanager
async def speaking(request: SpeechRequest) -> AsyncIterator[Speaking]:
    """Whoever speaks first, closed in the end."""
    begun = await first_to_speak(request)
    async with aclosing(begun.chunks):
        yield begun


async def heard(request: SpeechRequest) -> tuple[str, bytes]:
    """Who spoke, and what."""
    async with speaking(request) as begun:
        return begun.request.voice.provider, b"".join([chunk async for chunk in begun.chunks])


def asked(vendors: FakeVendors) -> list[str]:
    """Which vendors were called for a listener, in order."""
    return [each.vendor for each in vendors.heard if WORD not in str(each.body)]


async def known_voice(voice: VoiceId) -> KnownVoice:
    known = (await catalogue.fresh()).voice(voice)
    assert known is not None
    return known


async def test_the_first_choice_speaks_and_nobody_else_is_asked(two: FakeVendors) -> None:
    who, audio = await heard(HELLO)
    assert who == "openai"
    assert decoded_s(audio, AudioFormat.MP3) == pytest.approx(1.0, abs=0.07)
    assert asked(two) == ["openai"]


@pytest.mark.parametrize("mischief", BEFORE_THE_FIRST_CHUNK)
async def test_whatever_fails_before_the_first_chunk_the_next_provider_speaks(two: FakeVendors, mischief: str) -> None:
    two.misbehave("openai", mischief)
    who, audio = await heard(HELLO)
    assert who == "azure"
    assert decoded_s(audio, AudioFormat.MP3) == pytest.approx(1.0, abs=0.07)
    assert set(asked(two)) == {"openai", "azure"}


@pytest.mark.parametrize("mischief", AFTER_IT)
async def test_nothing_that_fails_after_the_first_chunk_changes_who_speaks(two: FakeVendors, mischief: str) -> None:
    two.misbehave("openai", mischief)
    async with speaking(HELLO) as begun:
        assert begun.request == HELLO
        with pytest.raises(ProviderError):
            async for _ in begun.chunks:
                pass
    assert asked(two) == ["openai"]


@pytest.mark.parametrize("audio_format", AudioFormat)
@pytest.mark.parametrize("mischief", ["empty", "garbage"])
async def test_what_is_no_audio_is_noticed_in_every_format(
    two: FakeVendors, mischief: str, audio_format: AudioFormat
) -> None:
    two.misbehave("openai", mischief)
    who, audio = await heard(replace(HELLO, format=audio_format))
    assert who == "azure"
    assert decoded_s(audio, audio_format) == pytest.approx(1.0, abs=0.07)


async def test_what_cannot_be_decoded_is_no_first_chunk(vendors: FakeVendors, settings: Settings) -> None:
    """Coqui makes WAV alone: what is asked for as MP3 is decoded first."""
    settings.TTS_PROVIDER = ["coqui", "openai"]
    vendors.misbehave("coqui", "garbage")
    who, audio = await heard(replace(HELLO, voice=VoiceId("coqui", "default"), model=""))
    assert who == "openai"
    assert decoded_s(audio, AudioFormat.MP3) == pytest.approx(1.0, abs=0.07)


async def test_a_provider_that_speaks_slowly_is_waited_for(two: FakeVendors) -> None:
    two.misbehave("openai", "drip")
    assert (await heard(HELLO))[0] == "openai"


async def test_the_next_provider_speaks_in_the_nearest_voice_with_its_own_model(two: FakeVendors) -> None:
    two.misbehave("openai", "400")
    request = replace(HELLO, voice=VoiceId("openai", "onyx"), settings={"instructions": "Whisper."}, stitch=Stitch())
    async with speaking(request) as begun:
        stand_in = await known_voice(begun.request.voice)
        assert stand_in.gender == (await known_voice(request.voice)).gender == "male"
        assert begun.request == replace(request, voice=stand_in.id, model=begun.request.model, settings={})
        assert begun.request.model != request.model
        assert begun.request.stitch is None
    assert two.heard[0].body["instructions"] == "Whisper."


async def test_what_may_pass_is_tried_once_more_with_the_same_provider(two: FakeVendors) -> None:
    two.misbehave("openai", "503", times=1)
    assert (await heard(HELLO))[0] == "openai"
    assert asked(two) == ["openai", "openai"]


@pytest.mark.parametrize(("mischief", "times"), [("400", 1), ("401", 1), ("500", 3), ("429-bare", 3), ("empty", 3)])
async def test_a_provider_is_tried_as_often_as_it_wants_to_be_and_as_it_makes_sense(
    vendors: FakeVendors, settings: Settings, mischief: str, times: int
) -> None:
    settings.TTS_PROVIDER = ["elevenlabs", "azure"]
    vendors.misbehave("elevenlabs", mischief)
    assert (await heard(RACHEL))[0] == "azure"
    assert asked(vendors) == ["elevenlabs"] * times + ["azure"]


async def test_a_wait_longer_than_the_limit_is_not_waited_for(two: FakeVendors) -> None:
    two.misbehave("openai", "429")
    assert (await heard(HELLO))[0] == "azure"
    assert asked(two) == ["openai", "azure"]


async def test_all_attempts_together_end_within_the_limit(vendors: FakeVendors, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["elevenlabs", "azure"]
    settings.TTS_PROVIDER_TIMEOUT = 0.5  # less than the pause before the second attempt
    vendors.misbehave("elevenlabs", "503")
    assert (await heard(RACHEL))[0] == "azure"
    assert asked(vendors) == ["elevenlabs", "azure"]


async def test_who_finds_no_place_in_time_is_served_by_the_next_provider(
    vendors: FakeVendors, settings: Settings
) -> None:
    settings.TTS_PROVIDER, settings.ELEVENLABS_MAX_CALLS = ["elevenlabs", "azure"], 1
    settings.TTS_PROVIDER_TIMEOUT = 1.5
    async with speaking(RACHEL):
        assert (await heard(replace(RACHEL, text="Another")))[0] == "azure"
        assert asked(vendors) == ["elevenlabs", "azure"]
    assert availability.troubles() == []
    assert (await heard(RACHEL))[0] == "elevenlabs"


async def _falls_back(voice: VoiceId, to: VoiceId) -> None:
    stand_in = await Voice.objects.aget(provider=to.provider, name=to.name)
    row = await Voice.objects.aget(provider=voice.provider, name=voice.name)
    row.fallback = stand_in
    await row.asave()


@pytest.mark.parametrize("mischief", ["400", "404", "413", "empty"])
async def test_a_voice_that_fails_falls_back_to_another_of_its_provider(two: FakeVendors, mischief: str) -> None:
    await _falls_back(HELLO.voice, VoiceId("openai", "echo"))
    two.misbehave("openai", mischief, times=2 if mischief == "empty" else 1)
    async with speaking(HELLO) as begun:
        assert begun.request == replace(HELLO, voice=VoiceId("openai", "echo"))
    assert [each.body["voice"] for each in two.heard][-1] == "echo"
    assert set(asked(two)) == {"openai"}


@pytest.mark.parametrize("mischief", ["401", "500", "hang"])
async def test_another_voice_is_not_tried_where_it_is_the_vendor_that_fails(two: FakeVendors, mischief: str) -> None:
    await _falls_back(HELLO.voice, VoiceId("openai", "echo"))
    two.misbehave("openai", mischief)
    assert (await heard(HELLO))[0] == "azure"
    assert {each.body["voice"] for each in two.heard if each.vendor == "openai"} == {"alloy"}


async def test_when_both_voices_fail_the_next_provider_speaks(two: FakeVendors) -> None:
    await _falls_back(HELLO.voice, VoiceId("openai", "echo"))
    two.misbehave("openai", "400")
    assert (await heard(HELLO))[0] == "azure"
    assert asked(two) == ["openai", "openai", "azure"]


async def test_a_provider_without_a_key_is_stepped_over(two: FakeVendors, settings: Settings) -> None:
    settings.OPENAI_API_KEY = ""
    assert (await heard(HELLO))[0] == "azure"
    assert asked(two) == ["azure"]


async def test_a_model_leaves_the_chain_on_its_last_day(two: FakeVendors) -> None:
    today = timezone.now().date()
    await ProviderModel.objects.aupdate_or_create(
        provider="openai", name="tts-1", defaults={"sunset_on": today + timedelta(days=1)}
    )
    assert (await heard(HELLO))[0] == "openai"
    model = await ProviderModel.objects.aget(provider="openai", name="tts-1")
    model.sunset_on = today
    await model.asave()
    assert (await heard(HELLO))[0] == "azure"
    assert asked(two) == ["openai", "azure"]


async def test_a_stand_in_speaks_with_a_model_that_is_left(two: FakeVendors, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["azure", "openai"]
    model = await ProviderModel.objects.aget(provider="openai", name="tts-1")
    model.sunset_on = timezone.now().date()
    await model.asave()
    two.misbehave("azure", "400")
    async with speaking(replace(HELLO, voice=VoiceId("azure", "en-US-AvaMultilingualNeural"), model="")) as begun:
        assert begun.request.voice.provider == "openai"
        assert begun.request.model not in {"", "tts-1"}


async def test_when_all_fail_it_says_why_by_provider_and_when_to_come_back(two: FakeVendors) -> None:
    two.misbehave("openai", "429")
    two.misbehave("azure", "500")
    with pytest.raises(AllProvidersFailed) as failed:
        await first_to_speak(HELLO)
    assert failed.value.reasons == {"openai": "provider_rate_limited", "azure": "provider_unavailable"}
    assert failed.value.retry_after_s == 7


@pytest.mark.parametrize("mischief", BEFORE_THE_FIRST_CHUNK)
async def test_there_is_always_a_time_to_come_back(two: FakeVendors, settings: Settings, mischief: str) -> None:
    settings.TTS_PROVIDER = ["openai"]
    two.misbehave("openai", mischief)
    for _ in range(OPENS_AT):
        with pytest.raises(AllProvidersFailed) as failed:
            await first_to_speak(HELLO)
        assert failed.value.retry_after_s is not None
        assert 0 < failed.value.retry_after_s <= max(7, FIRST_PAUSE_S)


async def test_a_text_nobody_can_say_is_no_failure_of_anybody(vendors: FakeVendors, settings: Settings) -> None:
    settings.TTS_PROVIDER = ["local"]
    chinese = SpeechRequest("你好", VoiceId("local", "heart"))
    for _ in range(OPENS_AT + 1):
        with pytest.raises(UnsupportedText):
            await first_to_speak(chinese)
    assert availability.troubles() == []
    settings.TTS_PROVIDER = ["local", "openai"]
    assert (await heard(chinese))[0] == "openai"


async def test_a_broken_provider_costs_its_limit_once_and_then_nobody_waits_for_it(two: FakeVendors) -> None:
    two.misbehave("openai", "hang")
    for number in range(5):
        assert (await heard(replace(HELLO, text=f"Number {number}")))[0] == "azure"
    assert asked(two) == ["openai", "azure", "azure", "azure", "azure", "azure"]


async def test_a_provider_that_answers_with_errors_is_left_alone_after_a_few(two: FakeVendors) -> None:
    two.misbehave("openai", "500")
    for _ in range(4):
        assert (await heard(HELLO))[0] == "azure"
    assert asked(two).count("openai") == OPENS_AT


async def test_one_that_breaks_off_again_and_again_is_left_alone_too(two: FakeVendors) -> None:
    two.misbehave("openai", "cut")
    for _ in range(OPENS_AT):
        with pytest.raises(ProviderError):
            await heard(HELLO)
    assert (await heard(HELLO))[0] == "azure"


@pytest.mark.parametrize("mischief", NOBODYS_DAY)
async def test_one_odd_request_does_not_silence_a_provider_for_the_others(two: FakeVendors, mischief: str) -> None:
    two.misbehave("openai", mischief)
    for _ in range(OPENS_AT + 1):
        await heard(HELLO)
    two.behave("openai")
    assert (await heard(HELLO))[0] == "openai"


async def test_what_a_provider_failed_with_is_told_while_it_is_left_alone(two: FakeVendors) -> None:
    two.misbehave("openai", "hang")
    two.misbehave("azure", "400")
    with suppress(SpeechError):
        await first_to_speak(HELLO)
    with pytest.raises(AllProvidersFailed) as failed:
        await first_to_speak(HELLO)
    assert failed.value.reasons == {"openai": "provider_timeout", "azure": "provider_rejected"}
    (trouble,) = availability.troubles()
    assert (trouble.provider, trouble.reason) == ("openai", "provider_timeout")
    assert failed.value.retry_after_s == pytest.approx(trouble.try_in_s, abs=FIRST_PAUSE_S)


async def test_recovery_is_noticed_without_a_listener_paying_for_it(two: FakeVendors) -> None:
    two.misbehave("openai", "hang")
    assert (await heard(HELLO))[0] == "azure"
    two.behave("openai")
    async with asyncio.timeout(10):
        while availability.is_open("openai"):
            await asyncio.sleep(0.01)
    assert (await heard(HELLO))[0] == "openai"
    assert [each.body["input"] for each in two.heard if each.vendor == "openai"] == [HELLO.text, WORD, HELLO.text]
