"""Addresses of stored audio that need no session: signed, for one object, for a while."""

from __future__ import annotations

import hmac
import time
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from voice.domain.audio import AudioFormat

PREFIX: Final = "/tts/audio/"

ROUND_S: Final = 3600
"""Expiry is rounded up to the hour: the same audio keeps its address for a while, and a browser its copy."""

REMEMBERED_SIGNATURES: Final = 8_192
"""An address is asked for again and again; a range of it, several times for one hearing."""

MAX_DIGITS: Final = 12
"""Of an expiry, in seconds since 1970: enough for the next 30,000 years, and nothing slow to read."""


def signed_url(key: str, audio_format: AudioFormat, now_s: float | None = None) -> str:
    """Where the audio of ``key`` can be fetched for the next TTS_URL_LIFETIME_SECONDS (and up to an hour more)."""
    expires_at = end_of_life(time.time() if now_s is None else now_s)
    name = f"{key}.{audio_format.value}"
    return f"{PREFIX}{name}?token={expires_at}.{_signature(name, expires_at)}"


def end_of_life(now_s: float) -> int:
    """When an address that is given out now stops being one: the second since 1970."""
    return -int(-(now_s + settings.TTS_URL_LIFETIME_SECONDS) // ROUND_S) * ROUND_S


def token_allows(token: str, name: str, now_s: float | None = None) -> bool:
    """Whether ``token`` was made for the object ``name`` (``<key>.<ext>``), by us, and has not expired."""
    written, _, signature = token.partition(".")
    if not (written.isascii() and written.isdigit() and len(written) <= MAX_DIGITS):
        return False
    expires_at = int(written)
    genuine = hmac.compare_digest(signature.encode(errors="replace"), _signature(name, expires_at).encode())
    return genuine and (time.time() if now_s is None else now_s) < expires_at


@lru_cache(REMEMBERED_SIGNATURES)
def _signature(name: str, expires_at: int) -> str:
    return hmac.digest(_signing_key(), f"{name}:{expires_at}".encode(), "sha256").hex()


@cache
def _signing_key() -> bytes:
    """A key of its own, derived from SECRET_KEY."""
    return salted_hmac("voice.cache.signing", "", algorithm="sha256").digest()
