"""Google's speech over REST: audio as base64 in JSON, for a token that a service account signs for."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from tests.audio import tone_in
from tests.vendors.wire import Answer, Heard, Refusal, Wire, anybody
from voice.domain.audio import AudioFormat

TOKEN: Final = "google-test-token"
_FORMATS: Final = {
    "MP3": AudioFormat.MP3,
    "OGG_OPUS": AudioFormat.OPUS,
    "LINEAR16": AudioFormat.WAV,
    "PCM": AudioFormat.PCM,
}
_STATUSES: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    402: "PERMISSION_DENIED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
}


def allows(heard: Heard) -> bool:
    """A token of ours."""
    return heard.headers.get("Authorization") == f"Bearer {TOKEN}"


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone at 24 kHz, wrapped."""
    _ = heard.body["voice"]["languageCode"], (heard.body["input"].get("text") or heard.body["input"]["ssml"])
    audio_format = _FORMATS[heard.body["audioConfig"]["audioEncoding"]]
    audio = base64.b64encode(tone_in(audio_format, seconds)).decode()
    return Answer("application/json; charset=UTF-8", json.dumps({"audioContent": audio}).encode())


def refuse(status: int, told: str) -> Refusal:
    """``{"error": {…}}``; an account that cannot pay is told by 403."""
    status_sent = 403 if status == 402 else status
    body = {"code": status_sent, "message": told, "status": _STATUSES.get(status, "INTERNAL")}
    return Refusal.of(status_sent, {"error": body})


def token(heard: Heard, _seconds: float) -> Answer:
    """What a signed assertion is worth (RFC 7523)."""
    if "jwt-bearer" not in heard.body or "assertion=" not in heard.body:
        raise ValueError(heard.body)
    told = {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}
    return Answer("application/json", json.dumps(told).encode())


def refuse_token(status: int, told: str) -> Refusal:
    """OAuth's own shape (RFC 6749)."""
    return Refusal.of(status, {"error": "invalid_grant", "error_description": told})


def voices(_heard: Heard) -> Any:
    """As the service lists them."""
    return {
        "voices": [
            _voice("en-US", "en-US-Chirp3-HD-Aoede", "FEMALE"),
            _voice("en-US", "en-US-Neural2-D", "MALE"),
            _voice("fr-FR", "fr-FR-Neural2-A", "FEMALE"),
        ]
    }


def _voice(language: str, name: str, gender: str) -> Any:
    return {"languageCodes": [language], "name": name, "ssmlGender": gender, "naturalSampleRateHertz": 24000}


WIRE: Final = Wire(
    "google",
    "POST /google/v1/text:synthesize",
    allows,
    speak,
    refuse,
    {"GET /google/v1/voices": voices},
)
TOKEN_WIRE: Final = Wire("google_token", "POST /google/token", anybody, token, refuse_token)
"""Google's sign-in: a service of its own, with failures of its own."""
