from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors import elevenlabs as wire
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderForbidden, ProviderRejected, ProviderUnavailable
from voice.domain.speech import SpeechRequest, Stitch
from voice.domain.voice import VoiceId
from voice.providers.elevenlabs import ElevenLabsProvider

HELLO = SpeechRequest("Hello there", VoiceId("elevenlabs", ElevenLabsProvider.voices[0].name))


@pytest.fixture
async def provider() -> AsyncIterator[ElevenLabsProvider]:
    made = ElevenLabsProvider()
    yield made
    await made.close()


async def test_nothing_chosen_is_george_in_the_flash_model_as_mp3(
    vendors: FakeVendors, provider: ElevenLabsProvider
) -> None:
    data = await said(provider, HELLO)
    heard = vendors.heard[0]
    assert heard.path == "/elevenlabs/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/stream"
    assert heard.query == {"output_format": "mp3_44100_128"}
    assert heard.body == {"text": "Hello there", "model_id": "eleven_flash_v2_5"}
    assert heard.headers["xi-api-key"] == wire.KEY
    assert decoded_s(data, AudioFormat.MP3) == pytest.approx(1.0, abs=0.07)


@pytest.mark.parametrize(
    ("audio_format", "written"),
    [(AudioFormat.PCM, "pcm_24000"), (AudioFormat.MP3, "mp3_44100_128"), (AudioFormat.OPUS, "opus_48000_64")],
)
async def test_each_format_has_its_name(
    vendors: FakeVendors, provider: ElevenLabsProvider, audio_format: AudioFormat, written: str
) -> None:
    data = await said(provider, replace(HELLO, format=audio_format))
    assert vendors.heard[0].query["output_format"] == written
    assert decoded_s(data, audio_format) == pytest.approx(1.0, abs=0.07)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"settings": {"stability": 0.3}}, {"stability": 0.3}),
        (
            {"settings": {"similarity_boost": 0.9, "style": 0.0, "use_speaker_boost": False}},
            {"similarity_boost": 0.9, "style": 0.0, "use_speaker_boost": False},
        ),
        ({"settings": {"stability": 0.3, "pitch": "high"}}, {"stability": 0.3}),
        ({"settings": {"stability": "high"}}, {"stability": "high"}),
        ({"speed": 1.1}, {"speed": 1.1}),
        ({"speed": 4.0}, {"speed": 1.2}),
        ({"speed": 0.25}, {"speed": 0.7}),
    ],
)
async def test_only_what_was_asked_for_changes_the_voice(
    vendors: FakeVendors, provider: ElevenLabsProvider, asked: dict[str, Any], told: dict[str, Any]
) -> None:
    await said(provider, replace(HELLO, **asked))
    assert vendors.heard[0].body["voice_settings"] == told


async def test_segments_go_on_from_the_last_three(vendors: FakeVendors, provider: ElevenLabsProvider) -> None:
    stitch = Stitch()
    for number in range(5):
        await said(provider, replace(HELLO, text=f"Part {number}.", stitch=stitch))
    told = [heard.body.get("previous_request_ids") for heard in vendors.heard]
    ids = stitch.request_ids
    assert len(set(ids)) == 5
    assert told == [None, ids[:1], ids[:2], ids[:3], ids[1:4]]


async def test_nothing_goes_on_from_what_was_broken_off(vendors: FakeVendors, provider: ElevenLabsProvider) -> None:
    stitch = Stitch()
    vendors.misbehave("elevenlabs", "cut")
    with pytest.raises(ProviderUnavailable):
        await said(provider, replace(HELLO, stitch=stitch))
    vendors.behave("elevenlabs")
    vendors.hold.clear()
    chunks = provider.synthesize(replace(HELLO, stitch=stitch))
    await anext(chunks)
    await chunks.aclose()
    assert stitch.request_ids == []


async def test_a_model_that_cannot_is_not_asked_to_go_on(vendors: FakeVendors, provider: ElevenLabsProvider) -> None:
    await said(provider, replace(HELLO, model="eleven_v3", stitch=Stitch(["said-before"])))
    assert vendors.heard[0].body == {"text": "Hello there", "model_id": "eleven_v3"}


@pytest.mark.parametrize("name", ["../../user", "a/b", "a?b=c", "a#b", "Zoë", "a%2Fb"])
async def test_a_name_that_is_no_id_leads_nowhere(
    vendors: FakeVendors, provider: ElevenLabsProvider, name: str
) -> None:
    with pytest.raises(ProviderRejected):
        await said(provider, replace(HELLO, voice=VoiceId("elevenlabs", name)))
    assert vendors.heard == []


async def test_a_used_up_quota_is_no_passing_matter(vendors: FakeVendors, provider: ElevenLabsProvider) -> None:
    vendors.misbehave("elevenlabs", "402")
    with pytest.raises(ProviderForbidden, match="quota"):
        await said(provider, HELLO)
    assert len(vendors.heard) == 1


async def test_each_piece_is_passed_on_as_it_comes(vendors: FakeVendors, provider: ElevenLabsProvider) -> None:
    vendors.seconds = 0.1
    vendors.hold.clear()
    async with aclosing(provider.synthesize(replace(HELLO, format=AudioFormat.OPUS))) as chunks:
        async with asyncio.timeout(5):
            first = await anext(chunks)
        vendors.hold.set()
        rest = [chunk async for chunk in chunks]
    assert 0 < len(first) < 1024
    assert rest


async def test_its_calls_are_limited_as_the_plan_has_it(provider: ElevenLabsProvider, settings: Settings) -> None:
    assert (provider.rules().at_once, provider.rules().attempts, provider.rules().pause_s) == (3, 3, 0.6)
    settings.ELEVENLABS_MAX_CALLS = 10
    assert provider.rules().at_once == 10


async def test_it_needs_a_key(provider: ElevenLabsProvider, settings: Settings) -> None:
    settings.ELEVENLABS_API_KEY = ""
    assert provider.unavailable_because() == "ELEVENLABS_API_KEY is not set."
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)


async def test_no_log_holds_the_key_or_the_words(
    vendors: FakeVendors, provider: ElevenLabsProvider, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "httpx", "httpcore", "fern"):
        caplog.set_level(logging.DEBUG, name)
    await said(provider, replace(HELLO, text="Xylophone"))
    assert wire.KEY not in caplog.text
    assert "ylophone" not in caplog.text
