from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from pytest_django import Settings

from tests.audio import decoded, decoded_s, tone
from tests.vendors.server import FakeVendors
from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.domain.errors import ProviderError
from voice.domain.speech import SpeechRequest, Stitch
from voice.domain.voice import VoiceId
from voice.providers.openai import OpenAIProvider
from voice.providers.provider import CallRules, Provider
from voice.speech.fallback import Speaking, first_to_speak
from voice.speech.synthesis import synthesize

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

SENTENCE = "This sentence is about fifty characters long, yes. "
LONG = SpeechRequest(SENTENCE * 200, VoiceId("openai", "alloy"), model="tts-1")  # three pieces for each vendor here
RACHEL = replace(LONG, voice=VoiceId("elevenlabs", "EXAVITQu4vr4xnSDxMaL"), model="eleven_flash_v2_5")


@pytest.fixture(autouse=True)
def chain(settings: Settings) -> None:
    settings.TTS_PROVIDER = ["openai", "elevenlabs", "azure"]


async def heard(speaking: Speaking) -> bytes:
    async with aclosing(speaking.chunks):
        return b"".join([chunk async for chunk in speaking.chunks])


async def _once_heard(vendors: FakeVendors, calls: int) -> None:
    async with asyncio.timeout(5):
        while len(vendors.heard) < calls:
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("audio_format", AudioFormat)
async def test_a_long_text_is_one_piece_of_audio(vendors: FakeVendors, audio_format: AudioFormat) -> None:
    audio = await heard(await first_to_speak(replace(LONG, format=audio_format)))
    pieces = [each.body["input"] for each in vendors.heard]
    assert " ".join(pieces).split() == LONG.text.split()
    assert decoded_s(audio, audio_format) == pytest.approx(len(pieces), abs=0.1)
    assert len(pieces) == 3


async def test_pieces_are_joined_without_a_gap(vendors: FakeVendors) -> None:
    samples = decoded(await heard(await first_to_speak(replace(LONG, format=AudioFormat.PCM))), AudioFormat.PCM)
    for border in (SAMPLE_RATE, 2 * SAMPLE_RATE):
        around = np.abs(samples[border - 240 : border + 240])  # 10 ms on both sides: more than four periods of the tone
        assert around.reshape(8, -1).max(axis=1).min() > 0.2


async def test_the_next_piece_is_prepared_while_this_one_is_heard(vendors: FakeVendors) -> None:
    vendors.hold.clear()
    speaking = await first_to_speak(LONG)
    assert await anext(speaking.chunks)
    await _once_heard(vendors, 2)
    assert vendors.at_once == 2
    vendors.hold.set()
    await heard(speaking)
    assert vendors.most_at_once == 2


async def test_a_vendor_that_goes_on_in_tone_is_told_what_it_said_before(vendors: FakeVendors) -> None:
    stitch = Stitch(["said-earlier"])
    await heard(await first_to_speak(replace(RACHEL, stitch=stitch)))
    told = [each.body["previous_request_ids"] for each in vendors.heard]
    assert told == [stitch.request_ids[: number + 1][-3:] for number in range(len(told))]
    assert len(stitch.request_ids) == 1 + len(told) > 2
    assert vendors.most_at_once == 1


async def test_one_place_is_enough(vendors: FakeVendors, settings: Settings) -> None:
    settings.ELEVENLABS_MAX_CALLS = 1
    texts = [f"Text {number}. {RACHEL.text}" for number in range(3)]
    said = await asyncio.gather(*(_said(replace(RACHEL, text=text)) for text in texts))
    assert len(set(map(len, said))) == 1
    assert vendors.most_at_once == 1


async def _said(request: SpeechRequest) -> bytes:
    return await heard(await first_to_speak(request))


async def test_a_piece_that_fails_is_tried_again_by_the_same_provider(vendors: FakeVendors) -> None:
    speaking = await first_to_speak(RACHEL)
    vendors.misbehave("elevenlabs", "503", times=1)
    assert decoded_s(await heard(speaking), AudioFormat.MP3) == pytest.approx(3.0, abs=0.1)
    assert {each.vendor for each in vendors.heard} == {"elevenlabs"}


async def test_a_piece_that_cannot_be_had_breaks_what_is_heard(vendors: FakeVendors) -> None:
    speaking = await first_to_speak(RACHEL)
    vendors.misbehave("elevenlabs", "500")
    with pytest.raises(ProviderError):
        await heard(speaking)
    assert {each.vendor for each in vendors.heard} == {"elevenlabs"}


class OddProvider(OpenAIProvider):
    """Sends PCM with half a sample at its end, cut where it hurts."""

    max_characters = 60

    def rules(self) -> CallRules:
        return CallRules(attempts=1)

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:  # noqa: ARG002  # whatever the words
        pcm = tone(0.5) + b"\x7f"
        for start in range(0, len(pcm), 777):
            yield pcm[start : start + 777]


async def test_half_a_sample_does_not_turn_the_next_piece_into_noise() -> None:
    request = replace(LONG, text=SENTENCE * 3, format=AudioFormat.PCM)
    until_s = asyncio.get_running_loop().time() + 5
    odd = cast("Provider", OddProvider())
    pcm = b"".join([chunk async for chunk in await synthesize(odd, request, until_s)])
    assert pcm == tone(0.5) * 3
