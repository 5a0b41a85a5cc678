"""What a provider is: one class with one verb and declared facts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
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


@dataclass(frozen=True, slots=True)
class CallRules:
    """How a provider wants to be called from one process.

    ``at_once`` calls at most (None: any number). A call that fails before its first chunk in a way that may pass is
    tried ``attempts`` times at most, ``pause_s`` apart. With ``in_order`` the calls for one text are made one after the
    other, each told what was said in those before it.
    """

    at_once: int | None = None
    attempts: int = 2
    pause_s: float = 0.2
    in_order: bool = False


class Provider(Protocol):
    """A vendor or an engine that turns text into audio.

    ``formats`` are those it makes itself, the one to convert from first. ``voices`` are those it is known to have, the
    first its default; with ``open_catalogue`` it takes voices and models that are not listed here. ``settings`` are the
    names of what else it can be told. ``max_characters`` is the longest text of one call. With ``streams`` its first
    bytes come before its last are made; with ``times_words`` it can say when each word is spoken.
    """

    name: ClassVar[str]
    formats: ClassVar[Sequence[AudioFormat]]
    voices: ClassVar[Sequence[VoiceFacts]]
    open_catalogue: ClassVar[bool]
    default_model: ClassVar[str]
    settings: ClassVar[frozenset[str]]
    max_characters: ClassVar[int]
    streams: ClassVar[bool]
    times_words: ClassVar[bool]

    def rules(self) -> CallRules:
        """How it wants to be called; some of it may come from the settings."""
        ...

    def unavailable_because(self) -> str | None:
        """Why it cannot be used here (no key, no package), or None when it can."""
        ...

    async def warm_up(self) -> None:
        """Load what the first call would otherwise wait for."""
        ...

    async def close(self) -> None:
        """Give back what it holds on this event loop: connections, above all."""
        ...

    def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment`` in ``segment.format``, which is one of ``formats``, yielding bytes as they are made.

        PCM is signed 16-bit little-endian, 24 kHz, mono. Closing the generator stops the work.

        Raises, here or while it is read:
            UnsupportedText: these words cannot be said in this voice.
            ProviderError: it failed; the subclass says how.
        """
        ...
