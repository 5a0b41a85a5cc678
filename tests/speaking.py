"""What a provider says, whole."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Protocol

from voice.domain.speech import SpeechRequest


class Speaker(Protocol):
    """Whoever has a provider's verb."""

    def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]: ...


async def said(speaker: Speaker, request: SpeechRequest) -> bytes:
    """All the audio of ``request``."""
    async with aclosing(speaker.synthesize(request)) as chunks:
        return b"".join([chunk async for chunk in chunks])
