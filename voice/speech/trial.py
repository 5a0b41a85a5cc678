"""Trying a provider out: it says a word, and somebody looks at the clock."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from voice.domain.errors import SpeechError
from voice.domain.speech import SpeechRequest
from voice.domain.voice import VoiceId
from voice.providers.registry import provider
from voice.speech.provider_call import call

WORD: Final = "Hello."


@dataclass(frozen=True, slots=True)
class Trial:
    """How it came out: seconds to the first chunk and to the last, or the error."""

    ttfb_s: float = 0.0
    took_s: float = 0.0
    error: SpeechError | None = None


async def try_out(voice: VoiceId, model: str) -> Trial:
    """Have ``voice`` say a word with ``model``; it is paid for and recorded like any other call. Never raises."""
    speaker = provider(voice.provider)
    segment = SpeechRequest(WORD, voice, model, speaker.formats[0])
    began_s, first_s = time.monotonic(), 0.0
    until_s = asyncio.get_running_loop().time() + settings.TTS_PROVIDER_TIMEOUT
    try:
        async with aclosing(call(speaker, segment, until_s)) as chunks:
            async for _ in chunks:
                first_s = first_s or time.monotonic() - began_s
    except SpeechError as error:
        return Trial(error=error)
    return Trial(first_s, time.monotonic() - began_s)
