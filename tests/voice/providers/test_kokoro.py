"""Which Kokoro is asked, and how a server is; the model itself is heard in test_kokoro_is_understood."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderUnavailable, UnsupportedText
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.kokoro import KokoroProvider

HELLO = SpeechRequest("Hello there", VoiceId("kokoro", "am_michael"), model="kokoro", format=AudioFormat.PCM, speed=1.5)


@pytest.fixture
async def provider(vendors: FakeVendors) -> AsyncIterator[KokoroProvider]:
    made = KokoroProvider()
    yield made
    await made.close()


async def test_a_server_is_asked_in_openais_words(vendors: FakeVendors, provider: KokoroProvider) -> None:
    assert decoded_s(await said(provider, HELLO), AudioFormat.PCM) == pytest.approx(1.0)
    assert vendors.heard[0].body == {
        "model": "kokoro",
        "input": "Hello there",
        "voice": "am_michael",
        "response_format": "pcm",
        "speed": 1.5,
    }
    assert "Authorization" not in vendors.heard[0].headers


async def test_a_server_may_know_other_languages_and_other_voices(
    vendors: FakeVendors, provider: KokoroProvider
) -> None:
    await said(provider, replace(HELLO, text="你好", voice=VoiceId("kokoro", "af_bella+af_sky")))
    assert vendors.heard[0].body["voice"] == "af_bella+af_sky"


async def test_the_folder_is_asked_where_both_are_set(
    vendors: FakeVendors, provider: KokoroProvider, settings: Settings, tmp_path: Path
) -> None:
    settings.KOKORO_MODEL_DIR = str(tmp_path)
    (tmp_path / "kokoro-v1.0.int8.onnx").write_bytes(b"half a download")
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)
    assert vendors.heard == []


async def test_here_only_english_is_read(provider: KokoroProvider, settings: Settings, tmp_path: Path) -> None:
    settings.KOKORO_MODEL_DIR = str(tmp_path)
    (tmp_path / "kokoro-v1.0.int8.onnx").write_bytes(b"never loaded")
    with pytest.raises(UnsupportedText):
        await said(provider, replace(HELLO, text="你好世界"))


def test_here_it_says_one_text_at_a_time(provider: KokoroProvider, settings: Settings, tmp_path: Path) -> None:
    assert provider.rules().at_once is None
    settings.KOKORO_MODEL_DIR = str(tmp_path)
    assert provider.rules().at_once == 1


async def test_it_says_what_it_is_missing(provider: KokoroProvider, settings: Settings, tmp_path: Path) -> None:
    assert provider.unavailable_because() is None
    settings.KOKORO_BASE_URL = ""
    assert provider.unavailable_because() == "Neither KOKORO_MODEL_DIR nor KOKORO_BASE_URL is set."
    settings.KOKORO_MODEL_DIR = str(tmp_path)
    assert provider.unavailable_because() == "There is no Kokoro model in KOKORO_MODEL_DIR."
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)


async def test_a_model_that_cannot_be_loaded_is_told_when_it_is_warmed_up(
    provider: KokoroProvider, settings: Settings, tmp_path: Path
) -> None:
    await provider.warm_up()
    settings.KOKORO_MODEL_DIR = str(tmp_path)
    with pytest.raises(ProviderUnavailable):
        await provider.warm_up()


async def test_the_voices_are_those_of_the_server_or_of_the_folder(
    provider: KokoroProvider, settings: Settings, tmp_path: Path
) -> None:
    assert "am_michael" in {voice.name for voice in await provider.list_voices()}
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "bf_emma.bin").write_bytes(b"")
    settings.KOKORO_MODEL_DIR = str(tmp_path)
    assert [(voice.name, voice.language) for voice in await provider.list_voices()] == [("bf_emma", "en-GB")]
