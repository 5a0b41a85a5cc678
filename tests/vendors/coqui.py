"""Coqui's own HTTP server: text in the address, a WAV file out."""

from __future__ import annotations

from typing import Final

from tests.vendors.wav import wav_tone
from tests.vendors.wire import Answer, Heard, Refusal, Wire, anybody

RATE: Final = 22_050


def speak(heard: Heard, seconds: float) -> Answer:
    """A tone as WAV."""
    if not heard.query["text"]:
        raise ValueError(heard.query)
    return Answer("audio/wav", wav_tone(seconds, RATE))


def refuse(status: int, told: str) -> Refusal:
    """Flask's error page."""
    return Refusal(status, f"<!doctype html><title>{status}</title><p>{told}</p>", "text/html")


WIRE: Final = Wire("coqui", "GET /coqui/api/tts", anybody, speak, refuse)
