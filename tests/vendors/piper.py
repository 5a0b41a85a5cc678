"""Piper's own HTTP server: text in, a WAV file out, which Flask sends as if it were a page."""

from __future__ import annotations

from typing import Any, Final

from tests.vendors.wav import wav_tone
from tests.vendors.wire import Answer, Heard, Refusal, Wire, anybody

RATE: Final = 22_050


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone as WAV. The view returns bare bytes, and Flask's own type is HTML."""
    if not heard.body["text"].strip():
        raise ValueError(heard.body)
    return Answer("text/html; charset=utf-8", wav_tone(seconds, RATE))


def refuse(status: int, told: str) -> Refusal:
    """Flask's error page."""
    return Refusal(status, f"<!doctype html><title>{status}</title><p>{told}</p>", "text/html")


def voices(_heard: Heard) -> Any:
    """A configuration for each name."""
    return {
        "en_US-joe-medium": {"audio": {"sample_rate": RATE}, "language": {"code": "en_US"}, "num_speakers": 1},
        "en_US-lessac-medium": {"audio": {"sample_rate": RATE}, "language": {"code": "en_US"}, "num_speakers": 1},
    }


WIRE: Final = Wire("piper", "POST /piper/", anybody, speak, refuse, {"GET /piper/voices": voices})
