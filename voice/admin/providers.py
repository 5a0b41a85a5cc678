"""The admin's page about the providers: how each stands, and having one say a word."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from asgiref.sync import async_to_sync
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from voice.admin.last_day import last_day
from voice.models import ProviderModel
from voice.providers.standing import Standing, every_standing
from voice.speech.availability import availability
from voice.speech.trial import Trial, try_out

LOOK: Final = "voice.view_providermodel"
TRY: Final = "voice.change_providermodel"
"""To try one out costs what a word costs."""


@permission_required(LOOK, raise_exception=True)
def show_providers(request: HttpRequest) -> HttpResponse:
    """Every provider: its place in the chain, whether it can speak or why not, and how."""
    today = timezone.now().date()
    troubles = {trouble.provider: trouble for trouble in availability.troubles()}
    shown = [
        {"standing": one, "trouble": troubles.get(one.name), "last_day": last_day(one.sunset_on, today)}
        for one in every_standing(today)
    ]
    may_try = request.user.has_perm(TRY)
    context = {**admin.site.each_context(request), "title": "Providers", "providers": shown, "may_try": may_try}
    return TemplateResponse(request, "admin/voice/providers.html", context)


@require_POST
@permission_required(TRY, raise_exception=True)
def test_provider(request: HttpRequest, name: str) -> HttpResponse:
    """Have the provider ``name`` say a word now, in this process, and tell how that went."""
    standing = _standing(name)
    if standing.silent_because is None:
        trial = async_to_sync(try_out)(standing.voice, standing.model)
        told, level = _told(standing, trial), messages.ERROR if trial.error else messages.SUCCESS
        _log(request, standing, told)
    else:
        told, level = f"No word of {name}: {standing.silent_because}", messages.ERROR
    messages.add_message(request, level, told)
    return HttpResponseRedirect(reverse("admin:voice_providers"), status=HTTPStatus.SEE_OTHER)


def _standing(name: str) -> Standing:
    for one in every_standing(timezone.now().date()):
        if one.name == name:
            return one
    raise Http404("There is no such provider.")


def _told(standing: Standing, trial: Trial) -> str:
    if trial.error is not None:
        return f"A word of {standing.name} failed: {trial.error.message}"
    return f"A word of {standing.name}: first byte after {trial.ttfb_s:.3f} s, all after {trial.took_s:.3f} s."


def _log(request: HttpRequest, standing: Standing, told: str) -> None:
    """Leave a log entry, at the model that was tried if there is a row of it."""
    row = ProviderModel.objects.filter(provider=standing.name, name=standing.model).first()
    LogEntry.objects.create(
        user_id=request.user.pk or 0,
        content_type=ContentType.objects.get_for_model(ProviderModel),
        object_id=str(row.pk) if row else None,
        object_repr=f"{standing.name} {standing.model}"[:200],
        action_flag=CHANGE,
        change_message=told,
    )
