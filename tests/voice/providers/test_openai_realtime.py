"""What is special about the Realtime API on the wire; the rest is the contract's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.openai_realtime import OpenAIRealtimeProvider

HELLO = SpeechRequest(
    "Hello there", VoiceId("openai_realtime", "marin"), model="gpt-realtime-1.5", format=AudioFormat.PCM, speed=4.0
)


@pytest.fixture
async def provider(vendors: FakeVendors) -> AsyncIterator[OpenAIRealtimeProvider]:
    made = OpenAIRealtimeProvider()
    yield made
    await made.close()


async def test_it_opens_a_socket_to_the_model_and_asks_for_one_reading(
    vendors: FakeVendors, provider: OpenAIRealtimeProvider
) -> None:
    assert decoded_s(await said(provider, HELLO), AudioFormat.PCM) == pytest.approx(1.0)
    (heard,) = vendors.heard
    assert heard.path == "/openai/v1/realtime"
    assert heard.query["model"] == "gpt-realtime-1.5"
    assert heard.headers["Authorization"] == "Bearer sk-test"
    assert [event["type"] for event in heard.events] == ["session.update", "response.create"]


async def test_it_speaks_as_fast_as_it_can_when_asked_to_be_faster(
    vendors: FakeVendors, provider: OpenAIRealtimeProvider
) -> None:
    await said(provider, HELLO)
    assert vendors.heard[0].events[0]["session"]["audio"]["output"]["speed"] == 1.5


async def test_a_reading_in_other_words_breaks_at_its_end(
    vendors: FakeVendors, provider: OpenAIRealtimeProvider
) -> None:
    vendors.misbehave("openai_realtime", "reworded")
    heard = b""
    with pytest.raises(BadAudio):
        async with aclosing(provider.synthesize(HELLO)) as chunks:
            async for chunk in chunks:
                heard += chunk
    assert heard
