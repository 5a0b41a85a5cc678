"""ElevenLabs' streaming speech, and its lists of voices: the old one whole, the new one in pages."""

from __future__ import annotations

from itertools import count
from typing import Any, Final

from tests.audio import tone_in
from tests.vendors.wire import Answer, Heard, Refusal, Wire
from voice.domain.audio import AudioFormat

KEY: Final = "elevenlabs-test-key"
_FORMATS: Final = {"mp3": AudioFormat.MP3, "pcm_24000": AudioFormat.PCM, "opus": AudioFormat.OPUS}
_STATUSES: Final = {
    400: "invalid_parameters",
    401: "invalid_api_key",
    402: "quota_exceeded",
    403: "missing_permissions",
    404: "voice_not_found",
    413: "max_character_limit_exceeded",
    429: "too_many_concurrent_requests",
    503: "system_busy",
}
_VOICES: Final = [
    ("21m00Tcm4TlvDq8ikWAM", "Rachel", "female", "en"),
    ("pNInz6obpgDQGcFmaJgB", "Adam", "male", "en"),
    ("XB0fDUnXU5powFXDhCwa", "Charlotte", "female", "sv"),
]
_ids: Final = count(1)


def allows(heard: Heard) -> bool:
    """The key is a header of its own."""
    return heard.headers.get("xi-api-key") == KEY


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone in ``output_format``, under an id that a later request may name."""
    if not heard.body["text"] or len(heard.body.get("previous_request_ids") or ()) > 3:
        raise ValueError(heard.body)
    written = heard.query.get("output_format", "mp3_44100_128")
    audio_format = next(known for start, known in _FORMATS.items() if written.startswith(start))
    return Answer(audio_format.content_type, tone_in(audio_format, seconds), {"request-id": f"said-{next(_ids)}"})


def refuse(status: int, told: str) -> Refusal:
    """``{"detail": {"status": …}}``; an account that has run out is told by 401."""
    body = {"detail": {"status": _STATUSES.get(status, "internal_error"), "message": told}}
    return Refusal.of(401 if status == 402 else status, body)


def voices(_heard: Heard) -> Any:
    """All of them."""
    return {"voices": [_voice(*facts) for facts in _VOICES]}


def voices_in_pages(heard: Heard) -> Any:
    """Two a page; the token is where the next page starts."""
    start = int(heard.query.get("next_page_token", 0))
    rest = _VOICES[start + 2 :]
    return {
        "voices": [_voice(*facts) for facts in _VOICES[start : start + 2]],
        "has_more": bool(rest),
        "total_count": len(_VOICES),
        "next_page_token": str(start + 2) if rest else None,
    }


def _voice(voice_id: str, name: str, gender: str, language: str) -> Any:
    labels = {"gender": gender, "language": language, "accent": "american", "use_case": "narration"}
    return {"voice_id": voice_id, "name": name, "category": "premade", "labels": labels, "description": None}


WIRE: Final = Wire(
    "elevenlabs",
    "POST /elevenlabs/v1/text-to-speech/{voice_id}/stream",
    allows,
    speak,
    refuse,
    {"GET /elevenlabs/v1/voices": voices, "GET /elevenlabs/v2/voices": voices_in_pages},
)
