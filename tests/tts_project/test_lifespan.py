from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pytest_django import Settings

from tests.vendors.server import FakeVendors
from tts_project.lifespan import lifespan
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import ProviderCall
from voice.speech.availability import availability
from voice.speech.fallback import first_to_speak

pytestmark = pytest.mark.django_db(transaction=True)


class Server:
    """An ASGI server, as far as the lifespan protocol goes."""

    def __init__(self) -> None:
        self.to_application: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.from_application: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def start(self) -> None:
        self._running = asyncio.create_task(lifespan(self.to_application.get, self.from_application.put))
        self.to_application.put_nowait({"type": "lifespan.startup"})
        assert (await self.from_application.get())["type"] == "lifespan.startup.complete"

    async def stop(self) -> None:
        self.to_application.put_nowait({"type": "lifespan.shutdown"})
        assert (await self.from_application.get())["type"] == "lifespan.shutdown.complete"
        await self._running


@pytest.fixture
async def server(vendors: FakeVendors, settings: Settings) -> Server:
    settings.TTS_PROVIDER = ["openai", "azure"]
    settings.TTS_PROVIDER_TIMEOUT = 0.3
    started = Server()
    await started.start()
    return started


async def test_what_was_noted_is_written_before_it_stops(server: Server) -> None:
    speaking = await first_to_speak(SpeechRequest("Hello", VoiceId("openai", "alloy"), model="tts-1"))
    async for _ in speaking.chunks:
        pass
    await server.stop()
    assert [row.outcome async for row in ProviderCall.objects.all()] == ["spoke"]


async def test_nobody_looks_after_a_provider_any_longer_when_it_has_stopped(
    server: Server, vendors: FakeVendors
) -> None:
    vendors.misbehave("openai", "hang")
    speaking = await first_to_speak(SpeechRequest("Hello", VoiceId("openai", "alloy"), model="tts-1"))
    await speaking.chunks.aclose()
    assert availability.is_open("openai")
    probing = [task for task in asyncio.all_tasks() if "_look_after" in repr(task.get_coro())]
    assert len(probing) == 1
    await server.stop()
    assert probing[0].done()


async def test_a_provider_that_cannot_be_loaded_does_not_keep_the_others_from_being_ready(
    vendors: FakeVendors, settings: Settings, tmp_path: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TTS_PROVIDER = ["kokoro", "local"]
    settings.KOKORO_BASE_URL, settings.KOKORO_MODEL_DIR = "", str(tmp_path)
    server = Server()
    await server.start()
    async with asyncio.timeout(60):
        while any("_warm_up" in repr(task.get_coro()) for task in asyncio.all_tasks()):
            await asyncio.sleep(0.01)
    await server.stop()
    assert "provider_unavailable" in caplog.text
