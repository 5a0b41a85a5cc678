"""What is asked for, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

from voice.domain.audio import AudioFormat
from voice.domain.voice import VoiceId

MIN_SPEED: Final = 0.25
MAX_SPEED: Final = 4.0
"""The range OpenAI's speech API accepts; every provider here is asked within it."""

Setting = bool | int | float | str


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """One thing to be spoken, in one voice.

    ``text`` is speakable: cleaned, in NFC, never empty. ``speed`` is a factor, 1.0 the voice's own pace.
    ``settings`` are whatever else changes the sound (``stability``, ``style`` …), by the provider's names.
    ``model`` is the provider's id for it, empty for the provider's default.
    """

    text: str
    voice: VoiceId
    model: str = ""
    format: AudioFormat = AudioFormat.MP3
    speed: float = 1.0
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def saying(self, text: str) -> Self:
        """The same request for other words."""
        return replace(self, text=text)
