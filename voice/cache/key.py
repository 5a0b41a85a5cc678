"""The name of a piece of audio: a hash of everything that decides how it sounds."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Final

from voice.domain.speech import Setting, SpeechRequest

VERSION: Final = "aloud-1"
"""Changes when the same request comes to sound different: another cleaning, another levelling."""


def cache_key(request: SpeechRequest) -> str:
    """The SHA-256, in hexadecimal, of ``request`` as canonical JSON.

    JSON quotes every string, so no character in one field can pass for the border to the next.
    """
    facts = {
        "version": VERSION,
        "provider": request.voice.provider,
        "voice": request.voice.name,
        "model": request.model,
        "format": request.format.value,
        "speed": _normal(request.speed),
        "text": unicodedata.normalize("NFC", request.text),
        "settings": {name: _normal(value) for name, value in request.settings.items()},
    }
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _normal(value: Setting) -> Setting:
    """One spelling for equal numbers: 1, 1.0 and 1.0000001 are the same speed, -0.0 is 0.0."""
    if isinstance(value, bool | str):
        return value
    return round(float(value), 6) + 0.0
