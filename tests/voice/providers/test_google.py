from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio, ProviderForbidden, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.google import GoogleProvider

HELLO = SpeechRequest("Hello there", VoiceId("google", "en-US-Neural2-F"), format=AudioFormat.WAV)


@pytest.fixture
async def provider(vendors: FakeVendors) -> AsyncIterator[GoogleProvider]:
    made = GoogleProvider()
    yield made
    await made.close()


def paths(vendors: FakeVendors) -> list[str]:
    return [heard.path for heard in vendors.heard]


async def test_it_asks_in_googles_words(vendors: FakeVendors, provider: GoogleProvider) -> None:
    await said(provider, replace(HELLO, speed=1.5, settings={"pitch": -2, "unknown": 1}))
    assert vendors.heard[-1].body == {
        "input": {"text": "Hello there"},
        "voice": {"languageCode": "en-US", "name": "en-US-Neural2-F"},
        "audioConfig": {"audioEncoding": "LINEAR16", "sampleRateHertz": 24000, "speakingRate": 1.5, "pitch": -2},
    }


async def test_a_speed_beyond_what_it_can_becomes_the_nearest(vendors: FakeVendors, provider: GoogleProvider) -> None:
    await said(provider, replace(HELLO, speed=4.0))
    assert vendors.heard[-1].body["audioConfig"]["speakingRate"] == 2.0


@pytest.mark.parametrize(
    ("voice", "language"),
    [("cmn-CN-Wavenet-A", "cmn-CN"), ("en-US-Chirp3-HD-Aoede", "en-US"), ("es-419-Standard-A", "es-419")],
)
async def test_the_language_is_the_voices(
    vendors: FakeVendors, provider: GoogleProvider, voice: str, language: str
) -> None:
    await said(provider, replace(HELLO, voice=VoiceId("google", voice)))
    assert vendors.heard[-1].body["voice"] == {"languageCode": language, "name": voice}


@pytest.mark.parametrize("audio_format", GoogleProvider.formats)
async def test_it_says_it_in_every_format_it_declares(provider: GoogleProvider, audio_format: AudioFormat) -> None:
    data = await said(provider, replace(HELLO, format=audio_format))
    assert decoded_s(data, audio_format) == pytest.approx(1.0, abs=0.07)


async def test_the_longest_text_is_within_its_bytes_in_any_script(
    vendors: FakeVendors, provider: GoogleProvider
) -> None:
    await said(provider, replace(HELLO, text="\U00020000" * provider.max_characters))
    assert len(vendors.heard[-1].body["input"]["text"].encode()) <= 5000


async def test_twenty_at_once_ask_for_one_token(vendors: FakeVendors, provider: GoogleProvider) -> None:
    await asyncio.gather(*(said(provider, HELLO) for _ in range(20)))
    assert paths(vendors).count("/google/token") == 1
    assert paths(vendors).count("/google/v1/text:synthesize") == 20


async def test_a_token_that_is_refused_is_asked_for_anew(vendors: FakeVendors, provider: GoogleProvider) -> None:
    await said(provider, HELLO)
    vendors.misbehave("google", "401")
    with pytest.raises(ProviderForbidden):
        await said(provider, HELLO)
    vendors.behave("google")
    await said(provider, HELLO)
    assert paths(vendors).count("/google/token") == 2


@pytest.mark.parametrize("mischief", ["html", "garbage", "wrong-type", "empty"])
async def test_what_holds_no_audio_is_bad_audio(vendors: FakeVendors, provider: GoogleProvider, mischief: str) -> None:
    await said(provider, HELLO)
    vendors.misbehave("google", mischief)
    with pytest.raises(BadAudio):
        await said(provider, HELLO)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (None, "The file of GOOGLE_APPLICATION_CREDENTIALS cannot be read."),
        ("not JSON", "The file of GOOGLE_APPLICATION_CREDENTIALS is no service account's key."),
        ("[]", "The file of GOOGLE_APPLICATION_CREDENTIALS is no service account's key."),
        ('{"type": "authorized_user"}', "The file of GOOGLE_APPLICATION_CREDENTIALS is no service account's key."),
        (
            '{"private_key": "-----", "client_email": "a@b", "token_uri": "http://127.0.0.1"}',
            "The file of GOOGLE_APPLICATION_CREDENTIALS is no service account's key.",
        ),
    ],
)
async def test_it_says_what_is_wrong_with_its_credentials(
    provider: GoogleProvider, settings: Settings, tmp_path: Path, written: str | None, reason: str
) -> None:
    file = tmp_path / "key.json"
    if written is not None:
        file.write_text(written)
    settings.GOOGLE_APPLICATION_CREDENTIALS = str(file)
    assert provider.unavailable_because() == reason
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)


async def test_credentials_that_are_put_right_are_read(
    provider: GoogleProvider, settings: Settings, tmp_path: Path
) -> None:
    right = Path(settings.GOOGLE_APPLICATION_CREDENTIALS).read_text()
    file = tmp_path / "key.json"
    settings.GOOGLE_APPLICATION_CREDENTIALS = str(file)
    assert provider.unavailable_because() is not None
    file.write_text(right)
    assert provider.unavailable_because() is None


def test_without_credentials_it_is_unavailable(provider: GoogleProvider, settings: Settings) -> None:
    settings.GOOGLE_APPLICATION_CREDENTIALS = ""
    assert provider.unavailable_because() == "GOOGLE_APPLICATION_CREDENTIALS is not set."
