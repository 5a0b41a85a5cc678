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


@dataclass(slots=True)
class Stitch:
    """The vendor's own ids of what it said just before, oldest first: told them, some go on in the same tone.

    The provider that speaks adds the id of its answer.
    """

    request_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """One thing to be spoken, in one voice.

    ``text`` is speakable: cleaned, in NFC, never empty. ``speed`` is a factor, 1.0 the voice's own pace.
    ``settings`` are whatever else changes the sound (``stability``, ``style`` …), by the provider's names.
    ``model`` is the provider's id for it, empty for the provider's default. ``stitch`` ties it to what was said
    before, and ``providers`` are those that may say it, everybody when empty: both change who speaks and how, not what
    is asked for, and have no part in equality or in the cache key.
    """

    text: str
    voice: VoiceId
    model: str = ""
    format: AudioFormat = AudioFormat.MP3
    speed: float = 1.0
    settings: Mapping[str, Setting] = field(default_factory=dict)
    stitch: Stitch | None = field(default=None, compare=False)
    providers: frozenset[str] = field(default=frozenset(), compare=False)

    def saying(self, text: str) -> Self:
        """The same request for other words."""
        return replace(self, text=text)
