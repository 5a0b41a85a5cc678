"""The chat: one's conversations, and one of them."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.callers import account_of
from accounts.features import Feature
from voice.calls import lifecycle
from voice.calls.history import MessagePage, list_messages
from voice.calls.paging import before_of, page_of
from voice.calls.rendering import to_html
from voice.domain.errors import InvalidRequest, NotFound
from voice.models import Message
from voice.pages.moments import ago


@login_required
async def call_list(request: HttpRequest) -> HttpResponse:
    """Somebody's conversations, and a way to start one."""
    try:
        page = page_of(request.GET)
    except InvalidRequest as error:
        raise Http404(error.message) from None
    return await _page(request, "calls/list.html", {}, page)


@login_required
async def messages(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One conversation: what was said, and where to say more."""
    try:
        call = await lifecycle.find(await _owner(request), call_id)
        found = await list_messages(call, before_of(request.GET))
    except (NotFound, InvalidRequest) as error:
        raise Http404(error.message) from None
    context = {
        "call": call,
        "log": _readable(found),
        "earlier": found.earlier,
        "before": "before" in request.GET,
        "max_characters": settings.TTS_MAX_CHARACTERS,
        "may_prefetch": {Feature.SPEECH, Feature.PREFETCH} <= (await account_of(request)).features,
    }
    return await _page(request, "calls/messages.html", context)


async def _page(request: HttpRequest, template: str, context: dict[str, Any], page: int = 1) -> HttpResponse:
    """``template`` beside the list of conversations."""
    calls = await lifecycle.list_calls(await _owner(request), page)
    conversations = [(call, ago(call.updated_at, timezone.now())) for call in calls.calls]
    side = {"conversations": conversations, "newer_page": calls.newer, "older_page": calls.older}
    return render(request, template, {**side, **context})


async def _owner(request: HttpRequest) -> int:
    """The id of who asks; leaves them on the request too, where templates find them without the database."""
    request.user = await request.auser()
    return cast("int", request.user.pk)  # those who have none never get past login_required


def _readable(found: MessagePage) -> list[dict[str, Any]]:
    """Messages as the template shows them: an assistant's Markdown as HTML."""
    return [
        {
            "pk": message.pk,
            "author": message.author,
            "text": message.text,
            "url": reverse("call-message", args=[message.call_id, message.pk]),
            "audio_url": message.audio_url,
            "html": to_html(message.text) if message.author == Message.Author.ASSISTANT else "",
        }
        for message in found.messages
    ]
