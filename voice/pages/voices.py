"""The voices: to be heard, and chosen for a conversation or for everything."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.account import Account
from accounts.callers import account_of
from voice.calls import lifecycle
from voice.domain.errors import NotFound
from voice.models import CallSession
from voice.pages.languages import name_of
from voice.pages.voice_filter import VoiceFilter, languages_of, providers_of
from voice.providers import catalogue
from voice.providers.catalogue import KnownVoice
from voice.providers.choosing import default_voice
from voice.providers.standing import able

TEMPLATE = "voices/voices.html"


@require_safe
@never_cache
@login_required
async def voices(request: HttpRequest) -> HttpResponse:
    """Those of the chain that the plan includes; with ``?call=`` they can be chosen for that conversation."""
    request.user = await request.auser()  # where templates find them without the database
    account = await account_of(request)
    call = await _call(request, account)
    known, included = await catalogue.fresh(), account.limits.providers
    listed = [voice for voice in known.voices() if not included or voice.id.provider in included]
    speaking, wanted = able(known, timezone.now().date()), VoiceFilter.of(request.GET)
    context = {
        "call": call,
        "own_voice": request.user.default_voice,  # type: ignore[union-attr]  # nobody else gets past login_required
        "usual_voice": str(default_voice()),
        "wanted": wanted,
        "languages": languages_of(listed),
        "providers": providers_of(listed),
        "voices": [_readable(voice, voice.id.provider in speaking) for voice in listed if wanted.shows(voice)],
    }
    return render(request, TEMPLATE, context)


async def _call(request: HttpRequest, account: Account) -> CallSession | None:
    """The conversation a voice is chosen for; None where it is for everything."""
    written = request.GET.get("call")
    if not written:
        return None
    try:
        return await lifecycle.find(account.user_id, UUID(written))
    except (ValueError, NotFound):
        raise Http404("There is no such conversation.") from None


def _readable(voice: KnownVoice, available: bool) -> dict[str, Any]:
    """A voice as the template shows it."""
    return {
        "id": str(voice.id),
        "name": voice.label,
        "provider": voice.id.provider,
        "language": name_of(voice.language),
        "gender": voice.gender,
        "description": voice.description,
        "available": available,
    }
