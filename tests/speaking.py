"""What a provider says, whole."""

from __future__ import annotations

from contextlib import aclosing

from voice.domain.speech import SpeechRequest
from voice.providers.provider import Provider


async def said(provider: Provider, request: SpeechRequest) -> bytes:
    """All the audio of ``request``."""
    async with aclosing(provider.synthesize(request)) as chunks:
        return b"".join([chunk async for chunk in chunks])
