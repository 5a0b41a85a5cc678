"""ElevenLabs' speech API, through its own SDK.

Facts from elevenlabs.io/docs/api-reference/text-to-speech/stream and the guide on request stitching, November 2026.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

import httpx
from django.conf import settings
from elevenlabs import AsyncElevenLabs
from elevenlabs.core import ApiError
from elevenlabs.types import Voice

from accounts.per_loop import PerLoop
from voice.domain.errors import ProviderForbidden, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.providers.elevenlabs_request import FORMATS, VOICE_SETTINGS, options
from voice.providers.http import refuse_status, refuse_type
from voice.providers.listing import gender
from voice.providers.provider import CallRules, VoiceFacts
from voice.providers.vendor import Vendor

_VOICES: Final = {
    "male": {
        "George": "JBFqnCBsd6RMkjVDRZzb", "Roger": "CwhRBWXzGAHq8TQ4Fs17", "Charlie": "IKne3meq5aSn9XLyUdCD",
        "Eric": "cjVigY5qzO86Huf0OWal", "Brian": "nPczCjzI2devNBz1zQrb", "Daniel": "onwK4e9ZLuTAKqWW03F9",
    },
    "female": {
        "Sarah": "EXAVITQu4vr4xnSDxMaL", "Laura": "FGY2WhTYpPnrIDTdsKH5", "Jessica": "cgSgspJ2msm6clMCkdW9",
        "Alice": "Xb7hH8MSUJpSbSDYk0k2", "Matilda": "XrExE9yKIg1WjnnlVkGX", "Lily": "pFZP5JQG7iQjIQuC4Bku",
    },
    "neutral": {"River": "SAz9YHcvj6GT2YYXdXww"},
}  # fmt: skip


class ElevenLabsProvider(Vendor):
    """``/v1/text-to-speech/<voice>/stream`` at ELEVENLABS_BASE_URL."""

    name: ClassVar = "elevenlabs"
    keys: ClassVar = ("ELEVENLABS_API_KEY",)
    formats: ClassVar = tuple(FORMATS)
    voices: ClassVar = tuple(
        VoiceFacts(name, label, "mul", gender) for gender, names in _VOICES.items() for label, name in names.items()
    )
    open_catalogue: ClassVar = True
    default_model: ClassVar = "eleven_flash_v2_5"
    settings: ClassVar = VOICE_SETTINGS
    max_characters: ClassVar = 5_000  # of eleven_v3; every other model takes more
    streams: ClassVar = True
    times_words: ClassVar = False

    def __init__(self) -> None:
        self._connections = PerLoop(_new_connections)

    def rules(self) -> CallRules:
        """As many at once as the account's plan allows."""
        return CallRules(at_once=settings.ELEVENLABS_MAX_CALLS, attempts=3, pause_s=0.6, in_order=True)

    async def close(self) -> None:
        """Close the connections of this event loop."""
        if (connections := self._connections.taken_away()) is not None:
            await connections.aclose()

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, passing each piece on as the network brings it.

        A speed beyond what it can do becomes its slowest or fastest, 0.7 and 1.2.

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        self.refuse_unless_available()
        with _errors_told(self.name):
            async with self._sdk().text_to_speech.with_raw_response.stream(
                **options(segment, segment.model or self.default_model)
            ) as response:
                refuse_type(self.name, response.headers.get("content-type", ""), segment.format)
                async for chunk in response.data:
                    yield chunk
                if segment.stitch and (said := response.headers.get("request-id")):
                    segment.stitch.request_ids.append(said)  # not sooner: only what was read to its end can be told

    async def list_voices(self) -> list[VoiceFacts]:
        """The voices of our account; each speaks every language of its model.

        Raises:
            ProviderError: it does not tell.
        """
        voices: list[VoiceFacts] = []
        token: str | None = None
        with _errors_told(self.name):
            while True:
                page = await self._sdk().voices.search(
                    next_page_token=token, page_size=100, request_options={"max_retries": 0}
                )
                voices += [_facts(voice) for voice in page.voices]
                token = page.next_page_token
                if not page.has_more or not token:
                    return voices

    def _sdk(self) -> AsyncElevenLabs:
        """The SDK on this event loop's connections."""
        return AsyncElevenLabs(
            api_key=settings.ELEVENLABS_API_KEY,
            base_url=settings.ELEVENLABS_BASE_URL,
            timeout=None,
            httpx_client=self._connections.here(),
        )


def _new_connections() -> httpx.AsyncClient:
    """Connections without redirects, and without proxies out of the environment."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(None),  # the time limits are the chain's
        limits=httpx.Limits(max_connections=None),
        trust_env=False,
        headers={"Accept-Encoding": "identity"},  # audio gains nothing, and is passed on as it comes
    )


def _facts(voice: Voice) -> VoiceFacts:
    label = voice.name or voice.voice_id
    return VoiceFacts(voice.voice_id, label, "mul", gender((voice.labels or {}).get("gender")), voice.description or "")


@contextmanager
def _errors_told(provider: str) -> Iterator[None]:
    """Turn the SDK's error, and those of the HTTP client that leak through it, into ours."""
    try:
        yield
    except ApiError as error:
        if _is_quota_exceeded(error.body):
            raise ProviderForbidden(provider, "The account's quota is used up.") from None
        status, headers = error.status_code or 0, error.headers or {}
        refuse_status(provider, status, headers.get("retry-after", ""))
        raise ProviderUnavailable(provider, f"It answered {status}.") from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeDecodeError):
        raise ProviderUnavailable(provider, "The connection failed.") from None


def _is_quota_exceeded(body: Any) -> bool:
    """Whether an error's body says so, by its code or by the status that was its name before."""
    detail = body.get("detail") if isinstance(body, dict) else None
    return isinstance(detail, dict) and "quota_exceeded" in (detail.get("code"), detail.get("status"))
