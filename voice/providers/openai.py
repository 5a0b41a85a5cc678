"""OpenAI's speech API, and every server that speaks it.

Facts from platform.openai.com/docs/api-reference/audio/createSpeech, November 2026.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Iterator
from contextlib import contextmanager
from typing import ClassVar, Final, cast

import openai
from django.conf import settings
from httpx2 import HTTPError

from accounts.per_loop import PerLoop
from voice.domain.audio import AudioFormat
from voice.domain.errors import ProviderForbidden, ProviderRejected, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.providers.http import refuse_status, refuse_type
from voice.providers.listing import names_in, shape_told
from voice.providers.provider import VoiceFacts
from voice.providers.vendor import Vendor

_VOICES: Final = {
    "female": ("alloy", "coral", "nova", "sage", "shimmer", "marin"),
    "male": ("ash", "ballad", "echo", "onyx", "verse", "cedar"),
    "neutral": ("fable",),
}


class OpenAIProvider(Vendor):
    """``/v1/audio/speech`` at OPENAI_BASE_URL."""

    name: ClassVar = "openai"
    keys: ClassVar = ("OPENAI_API_KEY",)
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
    max_characters: ClassVar = 4_096
    streams: ClassVar = True
    times_words: ClassVar = False

    def __init__(self) -> None:
        self._clients = PerLoop(_new_client)

    async def close(self) -> None:
        """Close the connections of this event loop."""
        if (client := self._clients.taken_away()) is not None:
            await client.close()

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, passing each piece on as the network brings it.

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        self.refuse_unless_available()
        with _errors_told(self.name):
            async with self._clients.here().audio.speech.with_streaming_response.create(
                input=segment.text,
                model=segment.model or self.default_model,
                voice=segment.voice.name,
                response_format=segment.format.value,
                speed=segment.speed,
                instructions=str(segment.settings.get("instructions", "")) or openai.omit,
            ) as response:
                refuse_type(self.name, response.headers.get("content-type", ""), segment.format)
                # The pieces as they come: the SDK's own iterators wrap each one four times over.
                async for chunk in cast("AsyncIterable[bytes]", response.http_response.stream):
                    yield chunk

    async def list_voices(self) -> list[VoiceFacts]:
        """Those of a server that lists them. OpenAI itself does not: it answers 404, and has those that are known.

        Raises:
            ProviderError: it does not tell.
        """
        known = {voice.name: voice for voice in self.voices}
        try:
            with _errors_told(self.name), shape_told(self.name):
                answer = await self._clients.here().get("/audio/voices", cast_to=object)
                return [known.get(name, VoiceFacts(name, name, "mul", "neutral")) for name in names_in(answer)]
        except ProviderRejected:
            return []


def _new_client() -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(
        api_key=settings.OPENAI_API_KEY,
        base_url=settings.OPENAI_BASE_URL,
        max_retries=0,  # the chain decides what comes after a failure
        timeout=None,  # and how long to wait
        http_client=openai.DefaultAioHttpClient(follow_redirects=False),
        default_headers={"Accept-Encoding": "identity"},  # audio gains nothing, and is passed on as it comes
    )


@contextmanager
def _errors_told(provider: str) -> Iterator[None]:
    """Turn the SDK's errors, and those of the HTTP client that leak through it, into ours."""
    try:
        yield
    except openai.APIStatusError as error:
        if error.code == "insufficient_quota":  # told with 429, but no waiting helps
            raise ProviderForbidden(provider, "The account's quota is used up.") from None
        refuse_status(provider, error.status_code, error.response.headers.get("retry-after", ""))
        raise ProviderUnavailable(provider, f"It answered {error.status_code}.") from None
    except (openai.APIError, HTTPError):
        # Through aiohttp a refused connection comes as APITimeoutError; the real time limits are the chain's.
        raise ProviderUnavailable(provider, "The connection failed.") from None
