"""The same provider once more: what may pass is tried again, until the first chunk and within the provider's time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from voice.domain.errors import ProviderError
from voice.domain.speech import SpeechRequest
from voice.providers.provider import Provider
from voice.speech.availability import availability
from voice.speech.provider_call import call


async def begin(
    speaker: Provider, segment: SpeechRequest, until_s: float, *, placed: bool = False
) -> AsyncGenerator[bytes, None]:
    """A call of ``speaker`` whose audio has begun: its chunks, from the first one on.

    All attempts and the pauses between them end by ``until_s`` of the event loop's clock. A wait the provider asks for
    is kept if it fits.

    Raises:
        UnsupportedText, ProviderError: the last attempt's failure.
    """
    rules, loop = speaker.rules(), asyncio.get_running_loop()
    attempts_left = rules.attempts
    while True:
        chunks = call(speaker, segment, until_s, placed=placed)
        try:
            await anext(chunks)
        except ProviderError as error:
            attempts_left -= 1
            pause_s = max(rules.pause_s, error.retry_after_s or 0.0)
            is_worth_it = error.retryable and attempts_left and not availability.is_open(speaker.name)
            if not is_worth_it or loop.time() + pause_s >= until_s:
                raise
        else:
            return chunks
        await asyncio.sleep(pause_s)
