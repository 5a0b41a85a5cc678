from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import psutil
import pytest
from pytest_django import Settings

from tests.audio import decoded_s
from tests.processes import free_port
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderForbidden,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.openai import OpenAIProvider

HELLO = SpeechRequest("Hello there", VoiceId("openai", "alloy"), model="tts-1")


@pytest.fixture
async def provider() -> AsyncIterator[OpenAIProvider]:
    made = OpenAIProvider()
    yield made
    await made.close()


async def said(provider: OpenAIProvider, request: SpeechRequest) -> bytes:
    async with aclosing(provider.synthesize(request)) as chunks:
        return b"".join([chunk async for chunk in chunks])


async def test_it_asks_in_openais_words(vendor: FakeVendors, provider: OpenAIProvider) -> None:
    await said(provider, replace(HELLO, speed=1.5, format=AudioFormat.WAV))
    assert vendor.heard[0].body == {
        "input": "Hello there",
        "model": "tts-1",
        "voice": "alloy",
        "response_format": "wav",
        "speed": 1.5,
    }
    assert vendor.heard[0].headers["Authorization"] == "Bearer sk-test"


async def test_instructions_are_passed_on(vendor: FakeVendors, provider: OpenAIProvider) -> None:
    await said(provider, replace(HELLO, settings={"instructions": "Whisper."}))
    assert vendor.heard[0].body["instructions"] == "Whisper."


@pytest.mark.parametrize("audio_format", OpenAIProvider.formats)
async def test_it_says_it_in_every_format_it_declares(
    vendor: FakeVendors, provider: OpenAIProvider, audio_format: AudioFormat
) -> None:
    data = await said(provider, replace(HELLO, format=audio_format))
    assert decoded_s(data, audio_format) == pytest.approx(1.0, abs=0.07)


async def test_the_first_chunk_comes_before_the_last_is_made(vendor: FakeVendors, provider: OpenAIProvider) -> None:
    vendor.hold.clear()
    async with aclosing(provider.synthesize(HELLO)) as chunks:
        first = await anext(chunks)
        vendor.hold.set()
        rest = [chunk async for chunk in chunks]
    assert first
    assert rest


@pytest.mark.parametrize(
    ("mischief", "error", "retryable"),
    [
        ("400", ProviderRejected, False),
        ("401", ProviderForbidden, False),
        ("429", ProviderRateLimited, True),
        ("500", ProviderUnavailable, True),
        ("html", BadAudio, True),
        ("cut", ProviderUnavailable, True),
    ],
)
async def test_a_failure_is_told_by_its_kind(
    vendor: FakeVendors, provider: OpenAIProvider, mischief: str, error: type[ProviderError], retryable: bool
) -> None:
    with pytest.raises(error) as failed:
        await said(provider, replace(HELLO, model=mischief))
    assert failed.value.provider == "openai"
    assert failed.value.retryable is retryable
    assert len(vendor.heard) == 1


async def test_the_wait_it_asks_for_is_kept(vendor: FakeVendors, provider: OpenAIProvider) -> None:
    with pytest.raises(ProviderRateLimited) as failed:
        await said(provider, replace(HELLO, model="429"))
    assert failed.value.retry_after_s == 7
    with pytest.raises(ProviderRateLimited) as bare:
        await said(provider, replace(HELLO, model="429-bare"))
    assert bare.value.retry_after_s is None


async def test_a_server_that_is_not_there_is_unavailable(
    vendor: FakeVendors, provider: OpenAIProvider, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = f"http://127.0.0.1:{free_port()}/openai/v1"
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)


async def test_without_a_key_it_is_unavailable(provider: OpenAIProvider, settings: Settings) -> None:
    settings.OPENAI_API_KEY = ""
    assert provider.unavailable_because() == "OPENAI_API_KEY is not set."
    with pytest.raises(ProviderUnavailable):
        await said(provider, HELLO)


@pytest.mark.parametrize("mischief", ["400", "401", "429", "500", "html", "cut"])
async def test_no_error_holds_the_key_or_the_words(
    vendor: FakeVendors, provider: OpenAIProvider, mischief: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(ProviderError) as failed:
        await said(provider, replace(HELLO, text="Xylophone", model=mischief))
    told = f"{failed.value} {failed.value.__cause__} {caplog.text}"
    assert "sk-test" not in told
    assert "ylophone" not in told


async def test_closing_it_hangs_up(vendor: FakeVendors, provider: OpenAIProvider) -> None:
    vendor.hold.clear()
    chunks = provider.synthesize(HELLO)
    await anext(chunks)
    await chunks.aclose()
    async with asyncio.timeout(5):
        while any(connection.status == "ESTABLISHED" for connection in _connections_to(vendor)):
            await asyncio.sleep(0.01)


async def test_many_calls_leave_no_socket_behind(vendor: FakeVendors, provider: OpenAIProvider) -> None:
    vendor.seconds = 0.2
    for _ in range(5):
        await asyncio.gather(*(said(provider, HELLO) for _ in range(20)))
    assert len(_connections_to(vendor)) <= 20


def _connections_to(vendor: FakeVendors) -> list[Any]:
    """The sockets of this process that lead to the vendor."""
    port = int(vendor.url.rpartition(":")[2])
    connections = psutil.Process().net_connections("tcp")
    return [connection for connection in connections if connection.raddr and connection.raddr.port == port]
