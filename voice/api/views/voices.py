"""``GET /tts/voices`` and ``GET /tts/voices/<id>/sample``: who can be heard here, and how that sounds."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from accounts.callers import account_of
from accounts.features import Feature
from voice.api.answers import to_response
from voice.api.entry import enter
from voice.api.ranges import Asked
from voice.api.slim import SlimView
from voice.api.speaking import as_audio
from voice.domain.audio import AudioFormat
from voice.domain.errors import InvalidRequest
from voice.domain.voice import VoiceId
from voice.providers import catalogue
from voice.providers.catalogue import KnownVoice
from voice.providers.choosing import find_voice, preferred_voice
from voice.providers.standing import able
from voice.speech.samples import refuse_others, sample_of
from voice.speech.speak import speak

SAMPLE: Final = OpenApiResponse(OpenApiTypes.BINARY, description="A sentence in that voice and its language.")
FORMAT: Final = OpenApiParameter(
    "format", str, enum=[str(known) for known in AudioFormat], default="mp3", description="What it is to come in."
)
VOICE_ID: Final = OpenApiParameter(
    "voice_id", str, OpenApiParameter.PATH, description="Its `id`: `local:heart`, for example."
)


class VoiceSerializer(serializers.Serializer[Any]):
    """A voice that can be asked for."""

    id = serializers.CharField(help_text="What to send as voice.")
    name = serializers.CharField()
    provider = serializers.CharField()
    language = serializers.CharField(help_text="A BCP 47 tag; mul speaks many languages, und is not known.")
    gender = serializers.ChoiceField(choices=["female", "male", "neutral"])
    description = serializers.CharField()
    available = serializers.BooleanField(help_text="Whether its provider can speak; if not, another voice stands in.")
    default = serializers.BooleanField()
    sample_url = serializers.CharField(help_text="Where it introduces itself.")


class VoicesSerializer(serializers.Serializer[Any]):
    """Every voice of the chain."""

    voices = VoiceSerializer(many=True)


class VoicesView(SlimView):
    """The voices of the chain, in its order, without those that are switched off."""

    @extend_schema(operation_id="list_voices", summary="List the voices", tags=["speech"], responses=VoicesSerializer)
    async def get(self, request: HttpRequest) -> HttpResponseBase:
        """List them."""
        account = await account_of(request)
        known = await catalogue.fresh()
        speaking = able(known, timezone.now().date())
        default = preferred_voice(account.voice, among=account.limits.providers)
        voices = [_described(voice, voice.id.provider in speaking, default) for voice in known.voices()]
        return JsonResponse({"voices": voices})


class VoiceSampleView(SlimView):
    """A voice introduces itself."""

    @extend_schema(
        operation_id="voice_sample",
        summary="Hear a voice",
        tags=["speech"],
        parameters=[VOICE_ID, FORMAT],
        responses={(200, "audio/mpeg"): SAMPLE, (206, "audio/mpeg"): SAMPLE},
    )
    async def get(self, request: HttpRequest, voice_id: str) -> HttpResponseBase:
        """Stream a sentence in that voice, made once and kept; never in the voice of a fallback."""
        account = await enter(request, Feature.SPEECH)
        await catalogue.fresh()
        voice = find_voice(voice_id)
        speech = await speak(sample_of(voice, _format(request)), account)
        await refuse_others(speech, voice)
        header = request.headers.get
        part = Asked(header("Range"), header("If-Range"), header("If-None-Match"))
        return to_response(await as_audio(speech, account, part, may_move=request.method == "GET"))


def _format(request: HttpRequest) -> AudioFormat:
    """What is asked for.

    Raises:
        InvalidRequest: there is no such format.
    """
    try:
        return AudioFormat(request.GET.get("format", AudioFormat.MP3))
    except ValueError:
        raise InvalidRequest.of("format", f"One of {', '.join(AudioFormat)}.") from None


def _described(voice: KnownVoice, available: bool, default: VoiceId) -> dict[str, Any]:
    return {
        "id": str(voice.id),
        "name": voice.label,
        "provider": voice.id.provider,
        "language": voice.language,
        "gender": voice.gender,
        "description": voice.description,
        "available": available,
        "default": voice.id == default,
        "sample_url": reverse("voice-sample", args=[str(voice.id)]),
    }
