"""``POST /tts`` and ``GET /tts/audio/<message_id>``: something is to be spoken, now."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema

from accounts.features import Feature
from voice.api.answers import to_response
from voice.api.entry import enter
from voice.api.ranges import Asked
from voice.api.serializers.speech import SpeechSerializer, SpokenSerializer, checked_body
from voice.api.slim import SlimView, raw_body
from voice.api.speaking import answer_speech, as_audio, may_be_kept
from voice.calls.lifecycle import find
from voice.calls.messages import as_spoken, owned_message
from voice.speech.speak import speak

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
        account = await enter(request, Feature.SPEECH)
        body = checked_body(raw_body(request))
        message = await owned_message(body["message_id"], account) if "message_id" in body else None
        header = request.headers.get
        if message is not None:
            account = account.about(message.call_id, message.pk)
        elif "room" in body:
            account = account.about((await find(account.user_id, body["room"])).pk)
        answer = answer_speech(
            account, body, message, accept=header("Accept", ""), cache_control=header("Cache-Control", "")
        )
        return to_response(await answer)


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
        account = await enter(request, Feature.SPEECH)
        message = await owned_message(message_id, account)
        account, header = account.about(message.call_id, message.pk), request.headers.get
        speech = await speak(as_spoken(message, account), account, keep=may_be_kept(header("Cache-Control", "")))
        part = Asked(header("Range"), header("If-Range"), header("If-None-Match"))
        return to_response(await as_audio(speech, account, part, may_move=request.method == "GET"))
