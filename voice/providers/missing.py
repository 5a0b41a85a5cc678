"""What stands in for a provider whose package is not installed: it says so, and is stepped over."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import ClassVar

from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.providers.provider import VoiceFacts
from voice.providers.vendor import Vendor


class MissingProvider(Vendor):
    """The provider ``name``, without ``package``. Of its facts nothing is known but that it exists."""

    formats: ClassVar[Sequence[AudioFormat]] = (AudioFormat.PCM,)
    voices: ClassVar[Sequence[VoiceFacts]] = (VoiceFacts("unknown", "Unknown", "mul", "neutral"),)
    open_catalogue: ClassVar = True
    default_model: ClassVar = "unknown"
    max_characters: ClassVar = 1_000
    streams: ClassVar = False
    times_words: ClassVar = False

    def __init__(self, name: str, package: str) -> None:
        self.name = name  # type: ignore[misc]  # every other provider's name is its class's
        self._package = package

    def unavailable_because(self) -> str:
        """What to install."""
        return f"The package {self._package} is not installed."

    async def close(self) -> None:
        """It holds nothing."""

    def synthesize(self, _segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say nothing.

        Raises:
            ProviderUnavailable: always.
        """
        raise ProviderUnavailable(self.name, self.unavailable_because())
