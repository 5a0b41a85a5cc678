from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.playht import PlayHTProvider

MANIFEST = "s3://voice-cloning-zero-shot/d9ff78ba-d016-47f6-b0ef-dd630f59414e/female-cs/manifest.json"
HELLO = SpeechRequest("Hello there", VoiceId("playht", MANIFEST), format=AudioFormat.WAV)


@pytest.fixture
async def provider(vendors: FakeVendors) -> AsyncIterator[PlayHTProvider]:
    made = PlayHTProvider()
    yield made
    await made.close()


async def test_it_asks_in_playhts_words(vendors: FakeVendors, provider: PlayHTProvider) -> None:
    await said(provider, replace(HELLO, model="PlayDialog", speed=1.5, settings={"temperature": 0.5, "unknown": 1}))
    assert vendors.heard[0].body == {
        "text": "Hello there",
        "voice": MANIFEST,
        "voice_engine": "PlayDialog",
        "output_format": "wav",
        "sample_rate": 24000,
        "speed": 1.5,
        "temperature": 0.5,
    }


async def test_it_says_who_it_is(vendors: FakeVendors, provider: PlayHTProvider) -> None:
    await said(provider, HELLO)
    assert vendors.heard[0].headers["X-USER-ID"] == "playht-test-user"
    assert vendors.heard[0].headers["Authorization"] == "Bearer playht-test-key"


async def test_without_a_model_it_asks_for_its_own(vendors: FakeVendors, provider: PlayHTProvider) -> None:
    await said(provider, HELLO)
    assert vendors.heard[0].body["voice_engine"] == "Play3.0-mini"


@pytest.mark.parametrize("audio_format", PlayHTProvider.formats)
async def test_it_says_it_in_every_format_it_declares(provider: PlayHTProvider, audio_format: AudioFormat) -> None:
    data = await said(provider, replace(HELLO, format=audio_format))
    assert decoded_s(data, audio_format) == pytest.approx(1.0, abs=0.07)


def test_a_voice_is_the_address_of_its_manifest() -> None:
    assert VoiceId.parse(f"playht:{MANIFEST}") == HELLO.voice
    assert MANIFEST in {voice.name for voice in PlayHTProvider.voices}


@pytest.mark.parametrize("setting", ["PLAYHT_USER_ID", "PLAYHT_API_KEY", "PLAYHT_BASE_URL"])
def test_it_needs_an_account_and_an_address(provider: PlayHTProvider, settings: Settings, setting: str) -> None:
    setattr(settings, setting, "")
    assert provider.unavailable_because() == f"{setting} is not set."
