"""``GET /tts/voices``: who can be heard here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from accounts.sessions import account_of
from voice.api.slim import SlimView
from voice.domain.voice import VoiceId
from voice.providers.choosing import default_voice
from voice.providers.provider import Provider, VoiceFacts
from voice.providers.registry import chain


class VoiceSerializer(serializers.Serializer[Any]):
    """A voice that can be asked for."""

    id = serializers.CharField(help_text="What to send as voice.")
    name = serializers.CharField()
    provider = serializers.CharField()
    language = serializers.CharField(help_text="A BCP 47 tag.")
    gender = serializers.ChoiceField(choices=["female", "male", "neutral"])
    description = serializers.CharField()
    available = serializers.BooleanField()
    default = serializers.BooleanField()


class VoicesSerializer(serializers.Serializer[Any]):
    """Every voice of the chain."""

    voices = VoiceSerializer(many=True)


class VoicesView(SlimView):
    """The voices of the chain, in its order."""

    @extend_schema(operation_id="list_voices", summary="List the voices", tags=["speech"], responses=VoicesSerializer)
    async def get(self, request: HttpRequest) -> HttpResponseBase:
        """List them."""
        await account_of(request)
        default = default_voice()
        voices = [_described(provider, voice, default) for provider in chain() for voice in provider.voices]
        return JsonResponse({"voices": voices})


def _described(provider: Provider, voice: VoiceFacts, default: VoiceId) -> dict[str, Any]:
    voice_id = VoiceId(provider.name, voice.name)
    return {
        "id": str(voice_id),
        "name": voice.label,
        "provider": provider.name,
        "language": voice.language,
        "gender": voice.gender,
        "description": voice.description,
        "available": provider.unavailable_because() is None,
        "default": voice_id == default,
    }
