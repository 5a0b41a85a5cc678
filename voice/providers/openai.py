"""OpenAI's speech API, and every server that speaks it.

Facts from platform.openai.com/docs/api-reference/audio/createSpeech, November 2026.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import ClassVar, Final
from weakref import WeakKeyDictionary

import openai
from django.conf import settings
from httpx2 import HTTPError

from voice.domain.audio import AudioFormat
from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from voice.domain.speech import SpeechRequest
from voice.providers.provider import VoiceFacts

_VOICES: Final = {
    "female": ("alloy", "coral", "nova", "sage", "shimmer", "marin"),
    "male": ("ash", "ballad", "echo", "onyx", "verse", "cedar"),
    "neutral": ("fable",),
}


class OpenAIProvider:
    """``/v1/audio/speech`` at OPENAI_BASE_URL."""

    name: ClassVar = "openai"
    formats: ClassVar = (
        AudioFormat.PCM,
        AudioFormat.MP3,
        AudioFormat.OPUS,
        AudioFormat.AAC,
        AudioFormat.FLAC,
        AudioFormat.WAV,
    )
    voices: ClassVar = tuple(
        VoiceFacts(name, name.capitalize(), "mul", gender) for gender, names in _VOICES.items() for name in names
    )
    open_catalogue: ClassVar = True
    default_model: ClassVar = "tts-1"
    settings: ClassVar = frozenset({"instructions"})
    max_characters: ClassVar = 4096

    def __init__(self) -> None:
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = WeakKeyDictionary()

    def unavailable_because(self) -> str | None:
        """It needs a key."""
        return None if settings.OPENAI_API_KEY else "OPENAI_API_KEY is not set."

    async def warm_up(self) -> None:
        """There is nothing to load."""

    async def close(self) -> None:
        """Close the connections of this event loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, passing each piece on as the network brings it.

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        if (reason := self.unavailable_because()) is not None:
            raise ProviderUnavailable(self.name, reason)
        with self._told_errors():
            async with self._client().audio.speech.with_streaming_response.create(
                input=segment.text,
                model=segment.model,
                voice=segment.voice.name,
                response_format=segment.format.value,
                speed=segment.speed,
                instructions=str(segment.settings.get("instructions", "")) or openai.omit,
            ) as response:
                self._check_type(response.headers.get("content-type", ""))
                async for chunk in response.iter_bytes():
                    yield chunk

    def _client(self) -> openai.AsyncOpenAI:
        """A client of this event loop: connections cannot cross to another."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            self._clients[loop] = openai.AsyncOpenAI(
                api_key=settings.OPENAI_API_KEY,
                base_url=settings.OPENAI_BASE_URL,
                max_retries=0,  # the chain decides what comes after a failure
                timeout=None,  # and how long to wait
                http_client=openai.DefaultAioHttpClient(follow_redirects=False),
            )
        return self._clients[loop]

    def _check_type(self, content_type: str) -> None:
        """An error page with status 200 is no audio."""
        if content_type.startswith(("text/", "application/json")):
            raise BadAudio(self.name, f"It answered with {content_type.partition(';')[0]}.")

    @contextmanager
    def _told_errors(self) -> Iterator[None]:
        """Turn the SDK's errors, and those of the HTTP client that leak through it, into ours."""
        try:
            yield
        except openai.APIStatusError as error:
            raise self._of_status(error) from None
        except (openai.APIError, HTTPError):
            # Through aiohttp a refused connection comes as APITimeoutError; the real time limits are the chain's.
            raise ProviderUnavailable(self.name, "The connection failed.") from None

    def _of_status(self, error: openai.APIStatusError) -> ProviderError:
        """429 and 5xx pass by themselves; everything else is about this request or this key."""
        if isinstance(error, openai.RateLimitError):
            return ProviderRateLimited(self.name, "It asks us to slow down.", retry_after_s=_retry_after_s(error))
        kind = ProviderUnavailable if error.status_code >= 500 else ProviderRejected  # noqa: PLR2004  # HTTP's own border
        return kind(self.name, f"It answered {error.status_code}.")


def _retry_after_s(error: openai.APIStatusError) -> float | None:
    """Retry-After in seconds; its other form, a date, is not used by speech vendors."""
    written = error.response.headers.get("retry-after", "")
    return float(written) if written.isdecimal() else None
