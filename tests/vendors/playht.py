"""PlayHT's last public API, version 2."""

from __future__ import annotations

from typing import Any, Final

from tests.audio import tone_in
from tests.vendors.wire import Answer, Heard, Refusal, Wire
from voice.domain.audio import AudioFormat

USER: Final = "playht-test-user"
KEY: Final = "playht-test-key"
_FORMATS: Final = {
    "mp3": AudioFormat.MP3,
    "wav": AudioFormat.WAV,
    "flac": AudioFormat.FLAC,
    "raw": AudioFormat.PCM,
}


def allows(heard: Heard) -> bool:
    """Who it is, and a bearer token."""
    return heard.headers.get("X-USER-ID") == USER and heard.headers.get("Authorization") == f"Bearer {KEY}"


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone in ``output_format``, at 24 kHz."""
    _ = heard.body["text"], heard.body["voice"]
    if heard.body.get("sample_rate", 24000) != 24000:
        raise ValueError(heard.body)
    audio_format = _FORMATS[heard.body.get("output_format", "mp3")]
    return Answer(audio_format.content_type, tone_in(audio_format, seconds))


def refuse(status: int, told: str) -> Refusal:
    """An id and a message."""
    return Refusal.of(status, {"error_id": f"error_{status}", "error_message": told})


def voices(_heard: Heard) -> Any:
    """As the service listed them."""
    return [_voice("jennifer", "female"), _voice("samuel", "male")]


def _voice(name: str, gender: str) -> Any:
    return {
        "id": f"s3://voice-cloning-zero-shot/{name}/manifest.json",
        "name": name.capitalize(),
        "gender": gender,
        "language": "English (US)",
        "language_code": "en-US",
        "voice_engine": "PlayHT2.0",
    }


WIRE: Final = Wire(
    "playht",
    "POST /playht/api/v2/tts/stream",
    allows,
    speak,
    refuse,
    {"GET /playht/api/v2/voices": voices},
)
