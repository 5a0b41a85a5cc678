"""What is special about the Realtime API on the wire; the rest is the contract's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from aiohttp import web
from pytest_django import Settings

from tests.audio import decoded_s
from tests.speaking import said
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio, ProviderForbidden, ProviderRejected, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.openai_realtime import OpenAIRealtimeProvider

HELLO = SpeechRequest(
    "Hello there", VoiceId("openai_realtime", "marin"), model="gpt-realtime", format=AudioFormat.PCM, speed=4.0
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
    assert heard.query["model"] == "gpt-realtime"
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


async def test_a_polite_goodbye_in_the_middle_is_a_failure_too(
    vendors: FakeVendors, provider: OpenAIRealtimeProvider
) -> None:
    vendors.misbehave("openai_realtime", "cut-chunked")
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)


async def test_closing_does_not_wait_for_a_server_that_says_no_goodbye(
    vendors: FakeVendors, provider: OpenAIRealtimeProvider
) -> None:
    vendors.misbehave("openai_realtime", "hang-midway")
    chunks = provider.synthesize(HELLO)
    assert await anext(chunks)
    async with asyncio.timeout(5):  # aiohttp would wait for ten seconds
        await chunks.aclose()


async def test_a_key_that_is_refused_is_told_before_any_event(
    vendors: FakeVendors, provider: OpenAIRealtimeProvider, settings: Settings
) -> None:
    settings.OPENAI_API_KEY = "sk-stolen"
    with pytest.raises(ProviderForbidden):
        await said(provider, HELLO)
    assert vendors.heard[0].events == []


async def test_a_redirect_of_the_handshake_is_not_followed(
    provider: OpenAIRealtimeProvider, settings: Settings
) -> None:
    asked: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=307, headers={"Location": "/trap"})

    application = web.Application()
    application.router.add_get("/{path:.*}", elsewhere)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settings.OPENAI_BASE_URL = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        with pytest.raises(ProviderRejected):
            await said(provider, HELLO)
    finally:
        await runner.cleanup()
    assert asked == ["/v1/realtime"]


async def test_without_a_key_it_is_unavailable(provider: OpenAIRealtimeProvider, settings: Settings) -> None:
    settings.OPENAI_API_KEY = ""
    assert provider.unavailable_because() == "OPENAI_API_KEY is not set."
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)
