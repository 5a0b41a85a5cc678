"""``POST /tts/prefetch``: messages somebody is about to come to."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from accounts.features import Feature
from voice.api.entry import check_allowed, enter
from voice.api.serializers.bodies import json_body
from voice.api.slim import SlimView, raw_body
from voice.calls.prefetching import prefetch

MOST: Final = 10


class PrefetchSerializer(serializers.Serializer[Any]):
    """Which messages."""

    message_ids = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MOST, help_text="Messages of yours, the next one first."
    )


_SHAPE: Final = PrefetchSerializer()


class PrefetchView(SlimView):
    """Have audio made before it is asked for."""

    @extend_schema(
        operation_id="prefetch",
        summary="Have messages made ready",
        tags=["speech"],
        request=PrefetchSerializer,
        responses={202: PrefetchSerializer},
        examples=[OpenApiExample("Two", {"message_ids": ["a10adde0-0000-4000-8000-000000000002"]})],
    )
    async def post(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with those that are being made from now on; `/ws/notifications` says when each is ready.

        None with `Save-Data: on`, for who saves data does not want what may never be played.
        """
        account = await enter(request, Feature.SPEECH)
        check_allowed(account, Feature.PREFETCH)
        message_ids = json_body(raw_body(request), _SHAPE)["message_ids"]
        saves_data = request.headers.get("Save-Data", "").strip().lower() == "on"
        begun = [] if saves_data else await prefetch(message_ids, account)
        return JsonResponse({"message_ids": [str(message_id) for message_id in begun]}, status=202)
