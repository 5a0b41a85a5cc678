"""OpenAI's speech API. A model that is called like one of the misbehaviours asks for it."""

from __future__ import annotations

from typing import Final

from tests.audio import tone_in
from tests.vendors.mischief import MISCHIEF
from tests.vendors.wire import Answer, Heard, Refusal, Wire
from voice.domain.audio import AudioFormat

KEY: Final = "sk-test"
_CODES: Final = {
    400: ("invalid_request_error", "invalid_value"),
    401: ("invalid_request_error", "invalid_api_key"),
    402: ("insufficient_quota", "insufficient_quota"),
    403: ("invalid_request_error", "unsupported_country_region_territory"),
    404: ("invalid_request_error", "model_not_found"),
    413: ("invalid_request_error", "string_above_max_length"),
    429: ("requests", "rate_limit_exceeded"),
}


def allows(heard: Heard) -> bool:
    """A bearer token."""
    return heard.headers.get("Authorization") == f"Bearer {KEY}"


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone in ``response_format``."""
    model, _, _ = heard.body["model"], heard.body["input"], heard.body["voice"]
    audio_format = AudioFormat(heard.body.get("response_format", "mp3"))
    mischief = model if model in MISCHIEF else ""
    return Answer(audio_format.content_type, tone_in(audio_format, seconds), mischief=mischief)


def refuse(status: int, told: str) -> Refusal:
    """``{"error": {…}}``; an account that has run out is told by 429."""
    kind, code = _CODES.get(status, ("server_error", None))
    body = {"error": {"message": told, "type": kind, "param": None, "code": code}}
    return Refusal.of(429 if status == 402 else status, body)


WIRE: Final = Wire("openai", "POST /openai/v1/audio/speech", allows, speak, refuse)
