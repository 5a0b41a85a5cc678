"""One's account: what is used and left of it, the voice one likes, and the keys one's programs speak with."""

from __future__ import annotations

from typing import Any, cast

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import keys
from accounts.features import ALL, Feature
from accounts.models import ApiKey, User
from accounts.overview import Overview, overview_of
from accounts.resolving import account_for
from voice.pages.account_forms import KeyForm, VoiceForm
from voice.providers import catalogue
from voice.providers.choosing import default_voice

TEMPLATE = "account_page/account.html"


@require_safe
@never_cache
@login_required
async def account(request: HttpRequest) -> HttpResponse:
    """The page."""
    return await _page(request)


@require_POST
@login_required
async def choose_voice(request: HttpRequest) -> HttpResponse:
    """Keep the voice somebody likes."""
    user = await _user(request)
    await catalogue.fresh()
    form = VoiceForm((await sync_to_async(account_for)(user)).limits.providers, request.POST)
    if not form.is_valid():
        return await _page(request, voice_form=form)
    user.default_voice = form.cleaned_data["voice"]
    await user.asave(update_fields=["default_voice"])
    messages.success(request, "Your voice is changed.")
    return redirect("account")


@require_POST
@never_cache
@login_required
async def make_key(request: HttpRequest) -> HttpResponse:
    """Make a key, and show it: this once. It is in no notice and no address, so there is nothing to redirect to."""
    user = await _user(request)
    form, made = await sync_to_async(_make_key)(user, request.POST)
    return await _page(request, made=made) if made else await _page(request, key_form=form)


@require_POST
@login_required
async def revoke_key(request: HttpRequest, key_id: int) -> HttpResponse:
    """Let a key of one's own end now."""
    user = await _user(request)
    try:
        key = await user.api_keys.aget(pk=key_id)
    except ApiKey.DoesNotExist:
        raise Http404("There is no such key.") from None
    await sync_to_async(keys.revoke)(key)
    messages.success(request, f"The key “{key.name}” is revoked: programs that use it are refused from now on.")
    return redirect("account")


def _make_key(user: User, posted: Any) -> tuple[KeyForm, tuple[ApiKey, str] | None]:
    form = KeyForm(user, _allowed(overview_of(user)), posted)
    if not form.is_valid():
        return form, None
    return form, keys.create(user, form.cleaned_data["name"], form.chosen, form.expires_at)


async def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    user = await _user(request)
    await catalogue.fresh()
    context = await sync_to_async(_facts)(user)
    return render(
        request, TEMPLATE, {**context, **more}, status=400 if more.keys() & {"key_form", "voice_form"} else 200
    )


def _facts(user: User) -> dict[str, Any]:
    """All that the page shows."""
    overview = overview_of(user)
    return {
        "now": timezone.now(),
        "overview": overview,
        "default_voice": default_voice(),
        "keys": list(user.api_keys.filter(revoked_at=None)),
        "voice_form": VoiceForm(overview.limits.providers, initial={"voice": user.default_voice}),
        "key_form": KeyForm(user, _allowed(overview)),
    }


def _allowed(overview: Overview) -> list[Feature]:
    return sorted(ALL - set(overview.missing))


async def _user(request: HttpRequest) -> User:
    """Who asks; left on the request too, where templates find them without the database."""
    request.user = await request.auser()
    return cast("User", request.user)
