"""``/calls``: conversations, and what is said in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from adrf.views import APIView
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import daily
from accounts.account import Account
from accounts.callers import account_of
from accounts.features import Feature
from voice.api.entry import check_allowed
from voice.api.serializers.calls import (
    CallChangesSerializer,
    CallPageSerializer,
    CallSerializer,
    HearableSerializer,
    MessagePageSerializer,
    TextSerializer,
    TurnSerializer,
)
from voice.api.views import call_examples as examples
from voice.calls import lifecycle
from voice.calls.history import find_message, list_messages
from voice.calls.paging import before_of, page_of
from voice.calls.readiness import ready_duration_s
from voice.providers import catalogue
from voice.realtime.turn import take_turn


class CallsDoor(APIView):
    """What the doors to conversations have in common: every method first asks on whose account it is."""

    permission_classes: list[type] = []

    def perform_authentication(self, request: Request) -> None:
        """Nothing here: ``account_of`` does it, with the errors of every other door."""


async def _account(request: Request) -> Account:
    await catalogue.fresh()  # what can be chosen changes in the admin, and in other processes
    return await account_of(request._request)  # noqa: SLF001  # REST framework wraps Django's


class CallsView(CallsDoor):
    """All of one's conversations."""

    @extend_schema(
        operation_id="list_calls",
        summary="Your conversations",
        tags=["conversations"],
        parameters=[OpenApiParameter("page", OpenApiTypes.INT, description="Counts from 1.", default=1)],
        responses={200: CallPageSerializer},
        examples=[examples.CALLS],
    )
    async def get(self, request: Request) -> Response:
        """The one used last comes first."""
        account = await _account(request)
        page = await lifecycle.list_calls(account.user_id, page_of(request.query_params))
        return Response(CallPageSerializer(page).data)

    @extend_schema(
        operation_id="start_call",
        summary="Start a conversation",
        tags=["conversations"],
        request=CallChangesSerializer,
        responses={201: CallSerializer},
        examples=[examples.START, examples.CALL],
    )
    async def post(self, request: Request) -> Response:
        """Until it is given a title, it is called after what is said in it first."""
        account = await _account(request)
        call = await lifecycle.start(account.user_id, **_checked(CallChangesSerializer(data=request.data)))
        return Response(CallSerializer(call).data, status=201)


class CallView(CallsDoor):
    """One conversation."""

    @extend_schema(
        operation_id="read_call",
        summary="A conversation",
        tags=["conversations"],
        responses={200: CallSerializer},
        examples=[examples.CALL],
    )
    async def get(self, request: Request, call_id: UUID) -> Response:
        """What is said in it is at its `messages_url`."""
        account = await _account(request)
        return Response(CallSerializer(await lifecycle.find(account.user_id, call_id)).data)

    @extend_schema(
        operation_id="revise_call",
        summary="Rename a conversation, or give it a voice",
        tags=["conversations"],
        request=CallChangesSerializer,
        responses={200: CallSerializer},
        examples=[examples.CHANGE, examples.CALL],
    )
    async def patch(self, request: Request, call_id: UUID) -> Response:
        """What is left out stays as it is."""
        account = await _account(request)
        call = await lifecycle.find(account.user_id, call_id)
        await lifecycle.revise(call, _checked(CallChangesSerializer(data=request.data)))
        return Response(CallSerializer(call).data)

    @extend_schema(
        operation_id="delete_call",
        summary="Delete a conversation",
        tags=["conversations"],
        responses={204: None},
    )
    async def delete(self, request: Request, call_id: UUID) -> Response:
        """Delete it, and everything said in it."""
        account = await _account(request)
        await lifecycle.remove(await lifecycle.find(account.user_id, call_id))
        return Response(status=204)


class CallMessagesView(CallsDoor):
    """What is said in a conversation."""

    @extend_schema(
        operation_id="list_messages",
        summary="The messages of a conversation",
        tags=["conversations"],
        parameters=[OpenApiParameter("before", OpenApiTypes.UUID, description="The id of a message.")],
        responses={200: MessagePageSerializer},
        examples=[examples.MESSAGES],
    )
    async def get(self, request: Request, call_id: UUID) -> Response:
        """The newest hundred, the oldest of them first; `before` leads further back."""
        account = await _account(request)
        before = before_of(request.query_params)
        call = await lifecycle.find(account.user_id, call_id)
        return Response(MessagePageSerializer(await list_messages(call, before)).data)

    @extend_schema(
        operation_id="take_turn",
        summary="Say something, and get a reply",
        tags=["conversations"],
        request=TextSerializer,
        responses={201: TurnSerializer},
        examples=[examples.SAY, examples.TURN],
    )
    async def post(self, request: Request, call_id: UUID) -> Response:
        """Its audio is being made then: `/ws/notifications` says when it is ready; `audio_url` plays it before that."""
        account = await _account(request)
        check_allowed(account, Feature.REALTIME)
        call = await lifecycle.find(account.user_id, call_id)
        text = _checked(TextSerializer(data=request.data))["text"]
        rate = await daily.take(account)
        message, reply = await take_turn(call, text, account)
        context = {"duration_s": await ready_duration_s(reply, account)}
        turn = TurnSerializer({"call": call, "message": message, "reply": reply}, context=context)
        return Response(turn.data, status=201, headers=rate.headers if rate else None)


class CallMessageView(CallsDoor):
    """One thing that was said."""

    @extend_schema(
        operation_id="read_message",
        summary="A message",
        tags=["conversations"],
        responses={200: HearableSerializer},
        examples=[examples.MESSAGE],
    )
    async def get(self, request: Request, call_id: UUID, message_id: UUID) -> Response:
        """Among others: whether it can be heard at once, and for how long."""
        account = await _account(request)
        message = await find_message(await lifecycle.find(account.user_id, call_id), message_id)
        context = {"duration_s": await ready_duration_s(message, account)}
        return Response(HearableSerializer(message, context=context).data)


def _checked(shape: Any) -> dict[str, Any]:
    shape.is_valid(raise_exception=True)
    checked: dict[str, Any] = shape.validated_data
    return checked
