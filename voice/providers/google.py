"""Google Cloud Text-to-Speech over REST: one JSON answer holds the whole audio.

Facts from cloud.google.com/text-to-speech/docs/reference/rest/v1/text/synthesize and …/quotas, November 2026.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncGenerator
from typing import Any, ClassVar, Final

from django.conf import settings

from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.domain.errors import BadAudio, ProviderForbidden, ProviderUnavailable
from voice.domain.speech import SpeechRequest
from voice.providers.google_token import AccessToken, service_account
from voice.providers.http_provider import HttpProvider
from voice.providers.listing import gender, shape_told
from voice.providers.provider import VoiceFacts

_ENCODINGS: Final = {AudioFormat.WAV: "LINEAR16", AudioFormat.MP3: "MP3", AudioFormat.OPUS: "OGG_OPUS"}
_FASTEST: Final = 2.0
_MAX_BYTES: Final = 5_000
_MOST_BYTES_OF_A_CHARACTER: Final = 4


class GoogleProvider(HttpProvider):
    """``/v1/text:synthesize`` at GOOGLE_TTS_BASE_URL, as the service account of GOOGLE_APPLICATION_CREDENTIALS.

    A speed beyond what it can do becomes the nearest it can.
    """

    name: ClassVar = "google"
    base_url: ClassVar = "GOOGLE_TTS_BASE_URL"
    keys: ClassVar = ("GOOGLE_APPLICATION_CREDENTIALS",)
    formats: ClassVar = tuple(_ENCODINGS)
    voices: ClassVar = (
        VoiceFacts("en-US-Neural2-F", "Neural2 F", "en-US", "female"),
        VoiceFacts("en-US-Neural2-D", "Neural2 D", "en-US", "male"),
        VoiceFacts("en-GB-Neural2-A", "Neural2 A", "en-GB", "female"),
        VoiceFacts("en-GB-Neural2-B", "Neural2 B", "en-GB", "male"),
        VoiceFacts("en-US-Chirp3-HD-Aoede", "Aoede", "en-US", "female"),
        VoiceFacts("en-US-Chirp3-HD-Charon", "Charon", "en-US", "male"),
    )
    open_catalogue: ClassVar = True
    default_model: ClassVar = "neural2"
    settings: ClassVar = frozenset({"pitch", "volumeGainDb"})
    max_characters: ClassVar = _MAX_BYTES // _MOST_BYTES_OF_A_CHARACTER  # its limit is of bytes, in any script
    streams: ClassVar = False
    times_words: ClassVar = False

    def __init__(self) -> None:
        super().__init__()
        self._token = AccessToken(self.http)

    def unavailable_because(self) -> str | None:
        """It needs a file with a service account's key."""
        if (reason := super().unavailable_because()) is not None:
            return reason
        try:
            service_account(settings.GOOGLE_APPLICATION_CREDENTIALS)
        except ProviderUnavailable as unreadable:
            return unreadable.message
        return None

    async def synthesize(self, segment: SpeechRequest) -> AsyncGenerator[bytes, None]:
        """Say ``segment``, yielding all of it at once.

        Raises:
            ProviderError: it failed; the subclass says how.
        """
        yield _audio_in(await self._json("POST", "/v1/text:synthesize", json=self._asked(segment)))

    async def list_voices(self) -> list[VoiceFacts]:
        """Every voice it has; their names say what sort they are.

        Raises:
            ProviderError: it does not tell.
        """
        answer = await self._json("GET", "/v1/voices")
        with shape_told(self.name):
            return [
                VoiceFacts(name, name.split("-", 2)[-1], voice["languageCodes"][0], gender(voice["ssmlGender"]))
                for voice in answer["voices"]
                for name in [voice["name"]]
            ]

    async def _json(self, method: str, path: str, **asked: Any) -> Any:
        """What is answered to one that has a token."""
        url = self.url(path)
        token = await self._token.of(service_account(settings.GOOGLE_APPLICATION_CREDENTIALS))
        try:
            return await self.http.json(method, url, headers={"Authorization": f"Bearer {token}"}, **asked)
        except ProviderForbidden:
            self._token.forget()
            raise

    def _asked(self, segment: SpeechRequest) -> dict[str, Any]:
        """``segment`` in Google's words. A voice's name begins with its language: ``en-US-Neural2-F``."""
        return {
            "input": {"text": segment.text},
            "voice": {"languageCode": "-".join(segment.voice.name.split("-")[:2]), "name": segment.voice.name},
            "audioConfig": {
                **self.told(segment),
                "audioEncoding": _ENCODINGS[segment.format],
                "sampleRateHertz": SAMPLE_RATE,
                "speakingRate": min(segment.speed, _FASTEST),
            },
        }


def _audio_in(answer: Any) -> bytes:  # whatever JSON it answered with
    try:
        return base64.b64decode(answer["audioContent"], validate=True)
    except (KeyError, TypeError, ValueError):
        raise BadAudio("google", "What it answered holds no audio.") from None
