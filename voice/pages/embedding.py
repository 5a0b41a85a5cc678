"""The live example of the elements for other sites (docs/embedding.md)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.callers import account_of
from voice.providers import catalogue
from voice.providers.choosing import preferred_voice


@require_safe
@never_cache
@login_required
async def example(request: HttpRequest) -> HttpResponse:
    """The elements at work, and what to write to have them."""
    request.user = await request.auser()  # where templates find them without the database
    account = await account_of(request)
    await catalogue.fresh()
    voice = str(preferred_voice(account.voice, among=account.limits.providers))
    context = {
        "voice": voice,
        "sample": reverse("voice-sample", args=[voice]),
        "script": request.build_absolute_uri(f"{settings.STATIC_URL}embed/aloud.js"),  # by the name that stays
    }
    return render(request, "embed/example.html", context)
