"""The embedded voices, written down again by Whisper."""

from __future__ import annotations

import pytest

from tests.hearing import SENTENCES, word_error_rate, written_down
from voice.audio.encoding import encode
from voice.calls.demo import CONVERSATION
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import Message
from voice.providers.local import LocalProvider
from voice.text.cleaning import clean

WORST = 0.10

DEMO = [text for author, text in CONVERSATION if author == Message.Author.ASSISTANT]


async def mp3_of(text: str, voice: str, speed: float = 1.0) -> bytes:
    spoken = LocalProvider().synthesize(SpeechRequest(text, VoiceId("local", voice), speed=speed))
    return b"".join([chunk async for chunk in encode(spoken, AudioFormat.PCM, AudioFormat.MP3)])


@pytest.mark.parametrize("voice", [facts.name for facts in LocalProvider.voices])
async def test_every_voice_is_understood(voice: str) -> None:
    heard = written_down(await mp3_of(SENTENCES, voice))
    assert word_error_rate(SENTENCES, heard) <= WORST, heard


@pytest.mark.parametrize("text", DEMO[:3], ids=["greeting", "figures", "markdown"])
async def test_the_demo_conversation_is_understood(text: str) -> None:
    said = clean(text)
    heard = written_down(await mp3_of(said, "heart"))
    assert word_error_rate(said, heard) <= WORST, heard


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.25, 2.0])
async def test_it_is_understood_at_other_speeds(speed: float) -> None:
    heard = written_down(await mp3_of(SENTENCES, "heart", speed))
    assert word_error_rate(SENTENCES, heard) <= WORST, heard
