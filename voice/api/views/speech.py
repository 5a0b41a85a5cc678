"""``POST /tts`` and ``GET /tts/audio/<message_id>``: something is to be spoken, now."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema

from accounts.sessions import account_of
from voice.api.audio import complete_audio, live_audio
from voice.api.serializers.speech import SpeechSerializer, SpokenSerializer, to_request
from voice.api.slim import SlimView, body_of
from voice.cache.signing import signed_url
from voice.calls.messages import as_spoken, owned_message
from voice.domain.errors import InvalidRequest
from voice.domain.speech import SpeechRequest
from voice.models import Message
from voice.speech.speak import speak
from voice.speech.speech import Found, Speech

BODY: Final = SpeechSerializer()

AUDIO: Final = OpenApiResponse(OpenApiTypes.BINARY, description="Audio, streamed while it is being made.")
NOTHING: Final = OpenApiResponse(description="Nothing in the text can be said.")


class SpeechView(SlimView):
    """Speak a text."""

    @extend_schema(
        operation_id="speak",
        summary="Speak a text",
        tags=["speech"],
        request=SpeechSerializer,
        responses={(200, "audio/mpeg"): AUDIO, 200: SpokenSerializer, 202: SpokenSerializer, 204: NOTHING},
        examples=[OpenApiExample("A sentence", {"text": "Hello **there**", "voice": "local:heart"}, request_only=True)],
    )
    async def post(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with audio, or with JSON and the audio's address when JSON is accepted."""
        account = await account_of(request)
        body = body_of(request, BODY)
        message = await owned_message(body["message_id"], account) if "message_id" in body else None
        wanted = to_request(body, message)
        if "application/json" not in request.headers.get("Accept", ""):
            return await _as_audio(request, await speak(wanted, account, keep=_may_be_kept(request)))
        if settings.TTS_STORAGE == "off":
            raise InvalidRequest.of("accept", "Nothing is stored here (TTS_STORAGE=off): ask for audio.")
        return await _as_json(await speak(wanted, account), wanted, message)


class MessageAudioView(SlimView):
    """A message, read aloud."""

    @extend_schema(
        operation_id="message_audio",
        summary="Hear a message",
        tags=["speech"],
        responses={(200, "audio/mpeg"): AUDIO, (206, "audio/mpeg"): AUDIO, 204: NOTHING},
    )
    async def get(self, request: HttpRequest, message_id: UUID) -> HttpResponseBase:
        """Stream what exists of a message's audio and then follow; with ranges once it is complete."""
        account = await account_of(request)
        message = await owned_message(message_id, account)
        speech = await speak(as_spoken(message), account, keep=_may_be_kept(request))
        return await _as_audio(request, speech)


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether the client lets us store what it asks for (RFC 9111, section 5.2.1.5)."""
    return "no-store" not in request.headers.get("Cache-Control", "").lower()


async def _as_audio(request: HttpRequest, speech: Speech) -> HttpResponseBase:
    return complete_audio(request, speech) if isinstance(speech, Found) else await live_audio(speech)


async def _as_json(speech: Speech, wanted: SpeechRequest, message: Message | None) -> JsonResponse:
    """Where the audio is; ``202`` when it is not complete within TTS_RESPONSE_TIMEOUT.

    Raises:
        SpeechError: there will be none.
    """
    entry = speech.entry if isinstance(speech, Found) else await speech.made(settings.TTS_RESPONSE_TIMEOUT)
    voice = entry.voice if entry else wanted.voice
    key = entry.key if entry else speech.key
    body = {
        "success": True,
        "audio_ready": entry is not None,
        "audio_url": _address(key, wanted, message),
        "duration": round(entry.duration_s, 3) if entry else None,
        "cached": isinstance(speech, Found),
        "voice": str(voice),
        "provider": voice.provider,
        "format": wanted.format.value,
        "message_id": message.pk if message else None,
    }
    return JsonResponse(body, status=200 if entry else 202)


def _address(key: str, wanted: SpeechRequest, message: Message | None) -> str:
    """The message's own address when that is what it plays, else the signed one of the audio."""
    if message is not None and wanted == as_spoken(message):
        return message.audio_url
    return signed_url(key, wanted.format)
