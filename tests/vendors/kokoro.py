"""A Kokoro server: OpenAI's format, no key, and a list of its voices."""

from __future__ import annotations

from typing import Any, Final

from tests.vendors.openai import speak
from tests.vendors.wire import Heard, Refusal, Wire, anybody


def refuse(status: int, told: str) -> Refusal:
    """FastAPI's ``detail``."""
    return Refusal.of(status, {"detail": {"error": "processing_error", "message": told, "type": "server_error"}})


def voices(_heard: Heard) -> Any:
    """Their names alone."""
    return {"voices": ["af_heart", "af_bella", "am_michael", "bf_emma"]}


WIRE: Final = Wire(
    "kokoro",
    "POST /kokoro/v1/audio/speech",
    anybody,
    speak,
    refuse,
    {"GET /kokoro/v1/audio/voices": voices},
)
