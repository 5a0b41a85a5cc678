"""PlayHT's streaming API, version 2, as docs.play.ht described it last.

The hosted service closed at the end of 2025. What is left are servers that speak its API, so PLAYHT_BASE_URL has no
default: it must be set.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import ClassVar, Final

from django.conf import settings

from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.domain.speech import SpeechRequest
from voice.providers.http_provider import HttpProvider
from voice.providers.provider import VoiceFacts

_JENNIFER: Final = "s3://voice-cloning-zero-shot/d9ff78ba-d016-47f6-b0ef-dd630f59414e/female-cs/manifest.json"


class PlayHTProvider(HttpProvider):
    """``/api/v2/tts/stream`` at PLAYHT_BASE_URL. A voice's name is the address of its manifest."""

    name: ClassVar = "playht"
    base_url: ClassVar = "PLAYHT_BASE_URL"
    keys: ClassVar = ("PLAYHT_USER_ID", "PLAYHT_API_KEY")
    formats: ClassVar = (AudioFormat.WAV, AudioFormat.MP3, AudioFormat.FLAC)
    voices: ClassVar = (VoiceFacts(_JENNIFER, "Jennifer", "en-US", "female"),)
    open_catalogue: ClassVar = True
    default_model: ClassVar = "Play3.0-mini"
    settings: ClassVar = frozenset({"quality", "seed", "temperature", "emotion", "language"})
    max_characters: ClassVar = 2_000
    streams: ClassVar = True
    times_words: ClassVar = False

    def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, passing each piece on as the network brings it.

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        return self.http.audio(
            "POST",
            self.url("/api/v2/tts/stream"),
            segment.format,
            headers={"Authorization": f"Bearer {settings.PLAYHT_API_KEY}", "X-USER-ID": settings.PLAYHT_USER_ID},
            json={
                **self.told(segment),
                "text": segment.text,
                "voice": segment.voice.name,
                "voice_engine": segment.model or self.default_model,
                "output_format": segment.format.value,
                "sample_rate": SAMPLE_RATE,
                "speed": segment.speed,
            },
        )
