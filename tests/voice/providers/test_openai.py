"""What OpenAI is asked, word for word; what it keeps like every other provider is in test_contract.py."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.openai import OpenAIProvider

HELLO = SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="tts-1")


@pytest.fixture
async def provider() -> AsyncIterator[OpenAIProvider]:
    made = OpenAIProvider()
    yield made
    await made.close()


async def test_it_asks_in_openais_words(vendors: FakeVendors, provider: OpenAIProvider) -> None:
    await said(provider, replace(HELLO, speed=1.5, format=AudioFormat.WAV))
    assert vendors.heard[0].body == {
        "input": "Hello there",
        "model": "tts-1",
        "voice": "alloy",
        "response_format": "wav",
        "speed": 1.5,
    }
    assert vendors.heard[0].headers["Authorization"] == "Bearer sk-test"


async def test_instructions_are_passed_on(vendors: FakeVendors, provider: OpenAIProvider) -> None:
    await said(provider, replace(HELLO, settings={"instructions": "Whisper."}))
    assert vendors.heard[0].body["instructions"] == "Whisper."
