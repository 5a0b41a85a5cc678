"""OpenAI's Realtime API reading aloud: what follows /v1/audio/speech, whose models close on 2027-01-06.

Its model is a speaker rather than a reader, and now and then says something else than what is written. It is therefore
asked to read word for word, and its own transcript is compared with the text: a reading that differs breaks at its end,
and is not kept.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import ClassVar, Final

import aiohttp
from django.conf import settings

from voice.domain.audio import AudioFormat
from voice.domain.errors import BadAudio, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.providers.http import errors_told, refuse_status
from voice.providers.http_provider import HttpProvider
from voice.providers.openai_realtime_events import NAME, Reading, asked
from voice.providers.provider import VoiceFacts

_VOICES: Final = {
    "female": ("marin", "alloy", "coral", "sage", "shimmer"),
    "male": ("cedar", "ash", "ballad", "echo", "verse"),
}

_MODEL: Final[str] = settings.OPENAI_REALTIME_MODEL

_GOODBYE: Final = aiohttp.ClientWSTimeout(ws_close=0.1)
"""How long the server's goodbye is waited for: whoever closes here has heard all, or wants no more."""


class OpenAIRealtimeProvider(HttpProvider):
    """``/realtime`` at OPENAI_BASE_URL, a WebSocket for each text."""

    name: ClassVar = NAME
    base_url: ClassVar = "OPENAI_BASE_URL"
    keys: ClassVar = ("OPENAI_API_KEY",)
    formats: ClassVar = (AudioFormat.PCM,)
    voices: ClassVar = tuple(
        VoiceFacts(name, name.capitalize(), "mul", gender) for gender, names in _VOICES.items() for name in names
    )
    open_catalogue: ClassVar = True
    default_model: ClassVar = _MODEL
    settings: ClassVar = frozenset({"instructions"})
    # The longer a text, the sooner it is reworded; and a reading is 4,096 tokens at most, some three minutes.
    max_characters: ClassVar = 1_000
    streams: ClassVar = True
    times_words: ClassVar = False

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, passing each piece on as the network brings it.

        Raises:
            BadAudio: at the end: other words were spoken than those that were written.
            ProviderError: it failed; the subclass says how.
        """
        reading = Reading(segment.text)
        with errors_told(NAME):
            async with self._connected(segment.model or self.default_model) as socket:
                for event in asked(segment):
                    await socket.send_json(event)
                async for message in socket:
                    if message.type is aiohttp.WSMsgType.ERROR:
                        break
                    if pcm := reading.feed(message.data):
                        yield pcm
                    if reading.done:
                        return
        raise ProviderUnavailable(NAME, "The connection ended before the text did.")

    @asynccontextmanager
    async def _connected(self, model: str) -> AsyncGenerator[aiohttp.ClientWebSocketResponse, None]:
        """A WebSocket to the model, closed without ceremony."""
        try:
            socket = await self.http.session().ws_connect(
                self.url("/realtime"),  # http and https are taken for ws and wss
                params={"model": model},
                headers={"Authorization": f"Bearer {settings.OPENAI_API_KEY}"},
                timeout=_GOODBYE,
            )
        except aiohttp.WSServerHandshakeError as refused:
            refuse_status(NAME, refused.status, refused.headers.get("Retry-After", "") if refused.headers else "")
            raise BadAudio(NAME, "It answered with something else than a WebSocket.") from None
        async with socket:
            yield socket
