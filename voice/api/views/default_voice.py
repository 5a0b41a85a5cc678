"""``PUT /tts/voices/default``: the voice somebody is heard in wherever nothing names another."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from accounts.account import Account
from accounts.callers import account_of
from accounts.models import User
from voice.api.serializers.bodies import json_body
from voice.api.serializers.fields import StrictText
from voice.api.slim import SlimView, raw_body
from voice.domain.errors import InvalidRequest
from voice.providers.choosing import find_voice, preferred_voice

MAX_LENGTH: Final = 160


class DefaultVoiceSerializer(serializers.Serializer[Any]):
    """One voice."""

    voice = StrictText(allow_blank=True, max_length=MAX_LENGTH, help_text="Like local:heart. Empty: the service's own.")


_SHAPE: Final = DefaultVoiceSerializer()


class DefaultVoiceView(SlimView):
    """One's own voice."""

    @extend_schema(
        operation_id="choose_default_voice",
        summary="Choose your voice",
        tags=["speech"],
        request=DefaultVoiceSerializer,
        responses=DefaultVoiceSerializer,
        examples=[OpenApiExample("Bright", {"voice": "local:bright"})],
    )
    async def put(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the voice that is heard from now on, wherever neither a request nor a conversation names one."""
        account = await account_of(request)
        written = json_body(raw_body(request), _SHAPE)["voice"]
        chosen = _included(written, account) if written else ""
        user = await User.objects.aget(pk=account.user_id)
        user.default_voice = chosen
        await user.asave(update_fields=["default_voice"])
        return JsonResponse({"voice": str(preferred_voice(chosen, among=account.limits.providers))})


def _included(written: str, account: Account) -> str:
    """The voice that is meant, as it is kept.

    Raises:
        InvalidRequest: it cannot be had here, or not in the plan.
    """
    voice, included = find_voice(written), account.limits.providers
    if included and voice.provider not in included:
        raise InvalidRequest.of("voice", f"Your plan does not include the voices of {voice.provider}.")
    return str(voice)
