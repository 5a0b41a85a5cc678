"""Whoever listens may leave at any moment: no place is left taken, no task running, no call open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from pytest_django import Settings

from tests.vendors.server import FakeVendors
from voice.domain.errors import AllProvidersFailed, BadAudio, ProviderError, SpeechError
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers import catalogue
from voice.speech.availability import availability
from voice.speech.fallback import Speaking, first_to_speak
from voice.speech.probing import probes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello", VoiceId("elevenlabs", "JBFqnCBsd6RMkjVDRZzb"), model="eleven_flash_v2_5")
LONG = "This sentence is about fifty characters long, yes. " * 250


@pytest.fixture
async def tidy(vendors: FakeVendors, settings: Settings) -> AsyncIterator[FakeVendors]:
    """ElevenLabs, which allows three calls at once, alone in the chain; nothing of a call may be left in the end."""
    settings.TTS_PROVIDER = ["elevenlabs"]
    vendors.hold.clear()
    tasks = asyncio.all_tasks()
    yield vendors
    await probes.close()
    async with asyncio.timeout(30):
        while vendors.at_once or asyncio.all_tasks() - tasks - _of_the_server() - {asyncio.current_task()}:
            await asyncio.sleep(0.001)
    await _see_three_places_free(vendors)


def _of_the_server() -> set[asyncio.Task[Any]]:
    """The fake answers in the same loop, and keeps a task for each connection."""
    return {task for task in asyncio.all_tasks() if "RequestHandler" in repr(task.get_coro())}


async def _see_three_places_free(vendors: FakeVendors) -> None:
    vendors.behave("elevenlabs")
    vendors.most_at_once = 0
    begun = [await first_to_speak(replace(HELLO, text=f"Free {number}")) for number in range(3)]
    assert vendors.most_at_once == 3
    for each in begun:
        await each.chunks.aclose()


async def _once_heard(vendors: FakeVendors, calls: int) -> None:
    async with asyncio.timeout(30):
        while len(vendors.heard) < calls:
            await asyncio.sleep(0.001)


async def _leave(asking: asyncio.Task[Speaking]) -> None:
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_leaving_while_waiting_for_a_place_leaves_nothing_behind(tidy: FakeVendors) -> None:
    begun = [await first_to_speak(replace(HELLO, text=f"Number {number}")) for number in range(3)]
    asking = asyncio.create_task(first_to_speak(HELLO))
    for _ in range(20):
        await asyncio.sleep(0)
    await _leave(asking)
    assert len(tidy.heard) == 3
    for each in begun:
        await each.chunks.aclose()


async def test_leaving_before_the_first_chunk_leaves_nothing_behind(tidy: FakeVendors) -> None:
    tidy.misbehave("elevenlabs", "hang")
    asking = asyncio.create_task(first_to_speak(HELLO))
    await _once_heard(tidy, 1)
    await _leave(asking)


async def test_leaving_between_two_attempts_leaves_nothing_behind(tidy: FakeVendors) -> None:
    tidy.misbehave("elevenlabs", "503")
    asking = asyncio.create_task(first_to_speak(HELLO))
    await _once_heard(tidy, 1)
    while tidy.at_once:
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)  # well within the pause of 0.6 s
    await _leave(asking)
    assert len(tidy.heard) == 1


async def test_leaving_midway_leaves_nothing_behind(tidy: FakeVendors) -> None:
    begun = await first_to_speak(HELLO)
    assert await anext(begun.chunks)
    await begun.chunks.aclose()


async def test_being_cancelled_while_waiting_midway_leaves_nothing_behind(tidy: FakeVendors) -> None:
    async def listen() -> Speaking:
        begun = await first_to_speak(HELLO)
        async with aclosing(begun.chunks):
            async for _ in begun.chunks:
                pass
        return begun

    listening = asyncio.create_task(listen())
    await _once_heard(tidy, 1)
    await asyncio.sleep(0.05)
    await _leave(listening)


@pytest.mark.parametrize("seed", range(3))
async def test_many_who_come_and_go_as_they_like_leave_nothing_behind(
    tidy: FakeVendors, settings: Settings, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311  # a crowd, no secret
    settings.TTS_PROVIDER_TIMEOUT = 0.3
    tidy.hold.set()
    tidy.chunk_delay_s = 0.005

    async def come_and_go(number: int) -> None:
        tidy.mischief["elevenlabs"] = chance.choice(["", "", "", "503", "hang", "cut", "empty", "400"])
        stays_s = chance.choice([0.0, 0.01, 0.05, 5.0])
        with suppress(SpeechError, TimeoutError):
            async with asyncio.timeout(stays_s):
                begun = await first_to_speak(replace(HELLO, text=f"Number {number}"))
                async with aclosing(begun.chunks):
                    async for _ in begun.chunks:
                        pass

    await asyncio.gather(*(come_and_go(number) for number in range(60)))
    assert tidy.most_at_once <= 3
    availability.clear()
    tidy.hold.clear()


@pytest.mark.parametrize("provider", ["elevenlabs", "openai"])
async def test_leaving_a_text_in_pieces_leaves_nothing_behind(
    tidy: FakeVendors, settings: Settings, provider: str
) -> None:
    """With OpenAI the second piece is prepared while the first is heard."""
    settings.TTS_PROVIDER = ["elevenlabs", "openai"]
    voice = (await catalogue.fresh()).first_voice(provider)
    begun = await first_to_speak(replace(HELLO, text=LONG, voice=voice, model="tts-1"))
    assert await anext(begun.chunks)
    await _once_heard(tidy, 2 if provider == "openai" else 1)
    await begun.chunks.aclose()


async def test_a_failure_midway_leaves_nothing_behind(tidy: FakeVendors) -> None:
    tidy.misbehave("elevenlabs", "cut")
    begun = await first_to_speak(HELLO)
    with pytest.raises(ProviderError):
        async for _ in begun.chunks:
            pass


async def test_a_bad_answer_leaves_nothing_behind(tidy: FakeVendors) -> None:
    tidy.misbehave("elevenlabs", "garbage")
    with pytest.raises(AllProvidersFailed) as failed:
        await first_to_speak(HELLO)
    assert failed.value.reasons == {"elevenlabs": BadAudio.code}
