from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from pytest_django import Settings

from accounts.account import Account
from tests.audio import decoded_s
from tests.vendors.server import FakeVendors
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.speech.speak import speak
from voice.speech.speech import Live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("settled")]

HELLO = SpeechRequest("Hello", VoiceId("elevenlabs", "JBFqnCBsd6RMkjVDRZzb"), model="eleven_flash_v2_5")


async def heard(request: SpeechRequest, account: Account) -> bytes:
    speech = await speak(request, account)
    assert isinstance(speech, Live)
    return await speech.whole()


async def test_fifty_requests_never_make_more_than_three_calls_at_once(
    vendors: FakeVendors, settings: Settings, account: Account
) -> None:
    settings.TTS_PROVIDER = ["elevenlabs"]
    vendors.chunk_delay_s = 0.01
    said = await asyncio.gather(
        *(heard(replace(HELLO, text=f"This is number {number}."), account) for number in range(50))
    )
    assert [decoded_s(data, AudioFormat.MP3) for data in said] == pytest.approx([1.0] * 50, abs=0.07)
    assert len({request.body["text"] for request in vendors.heard}) == len(vendors.heard) == 50
    assert vendors.most_at_once == 3
