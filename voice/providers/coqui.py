"""A Coqui server of one's own: github.com/idiap/coqui-ai-TTS, TTS/server/server.py (0.28, November 2026)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import ClassVar, Final

from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest
from voice.providers.http_provider import HttpProvider
from voice.providers.provider import CallRules, VoiceFacts
from voice.providers.wav import pcm_of_wav
from voice.text.characters import normalized

SERVERS_OWN: Final = "default"
"""The speaker the server was started with."""


class CoquiProvider(HttpProvider):
    """``/api/tts`` at COQUI_BASE_URL. It answers when the whole text is spoken, in its model's own rate.

    It cannot be told to speak faster or slower: ``speed`` is passed over.
    """

    name: ClassVar = "coqui"
    base_url: ClassVar = "COQUI_BASE_URL"
    formats: ClassVar = (AudioFormat.PCM,)
    voices: ClassVar = (VoiceFacts(SERVERS_OWN, "Coqui", "und", "neutral", "The voice the server was started with."),)
    open_catalogue: ClassVar = True
    default_model: ClassVar = "coqui"
    settings: ClassVar = frozenset({"language"})
    max_characters: ClassVar = 240  # what XTTS says well in one breath, and short enough for an address in any script
    streams: ClassVar = False
    times_words: ClassVar = False

    def rules(self) -> CallRules:
        """One at a time: the server holds a lock while it speaks."""
        return CallRules(at_once=1)

    def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment`` as PCM (s16le, 24 kHz, mono).

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        wav = self.http.audio("GET", self.url("/api/tts"), AudioFormat.WAV, params=query(segment))
        return pcm_of_wav(self.name, wav)


def query(segment: SpeechRequest) -> dict[str, str]:
    """``segment`` in the server's words; what it is not told is as it was started."""
    asked = {"text": segment.text}
    if segment.voice.name != SERVERS_OWN:
        asked["speaker_id"] = segment.voice.name
    if language := segment.settings.get("language"):
        asked["language_id"] = str(language)
    return {name: normalized(value) for name, value in asked.items()}
