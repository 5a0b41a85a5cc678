"""``GET /tts/audio/<message_id>/captions``: which sentence of a message is heard when."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema

from accounts.features import Feature
from voice.api.answers import json_answer, to_response
from voice.api.entry import enter
from voice.api.serializers.captions import CaptionsSerializer, as_told
from voice.api.slim import SlimView
from voice.calls.captions import captions_of
from voice.calls.messages import owned_message

NO_WORDS: Final = OpenApiResponse(description="Nothing in the message can be said.")


class CaptionsView(SlimView):
    """The captions of a message."""

    @extend_schema(
        operation_id="message_captions",
        summary="Follow a message",
        tags=["speech"],
        responses={200: CaptionsSerializer, 204: NO_WORDS},
    )
    async def get(self, request: HttpRequest, message_id: UUID) -> HttpResponseBase:
        """Tell when each sentence is heard: timed by the audio once that is complete, estimated before."""
        account = await enter(request, Feature.SPEECH)
        captions = await captions_of(await owned_message(message_id, account), account)
        return to_response(json_answer(as_told(captions), headers={"Cache-Control": "private, no-cache"}))
