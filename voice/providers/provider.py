"""What a provider is: one class with one verb and declared facts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from voice.domain.audio import AudioFormat
from voice.domain.speech import SpeechRequest


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """What a provider says of one of its voices. ``language`` is a BCP 47 tag, ``gender`` female, male or neutral."""

    name: str
    label: str
    language: str
    gender: str
    description: str = ""


class Provider(Protocol):
    """A vendor or an engine that turns text into audio.

    ``formats`` are those it makes itself, the one to convert from first; ``voices`` those it is known to have (a provider
    that takes any name leaves ``any_voice`` true); ``max_characters`` is the longest text of one call.
    """

    name: ClassVar[str]
    formats: ClassVar[Sequence[AudioFormat]]
    voices: ClassVar[Sequence[VoiceFacts]]
    any_voice: ClassVar[bool]
    default_model: ClassVar[str]
    max_characters: ClassVar[int]

    def unavailable_because(self) -> str | None:
        """Why it cannot be used here (no key, no package), or None when it can."""
        ...

    def synthesize(self, segment: SpeechRequest) -> AsyncIterator[bytes]:
        """Say ``segment`` in ``segment.format``, which is one of ``formats``, yielding bytes as they are made.

        PCM is signed 16-bit little-endian, 24 kHz, mono. Closing the iterator stops the work.

        Raises:
            UnsupportedText: these words cannot be said in this voice.
            ProviderError: it failed; the subclass says how.
        """
        ...
