"""The speech dashboard: what was asked for, what it cost and what the cache saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import DailyUsage
from voice.admin.dashboard_form import DashboardForm
from voice.watching import books
from voice.watching.books import Question
from voice.watching.calls import calls_by_provider
from voice.watching.charts import charts
from voice.watching.figures import Figures

PERMISSION: Final = "accounts.view_dailyusage"
MOST: Final = 20
SPANS: Final = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: who or what, where pressing it leads, and its figures."""

    label: str
    link: str
    figures: Figures


@permission_required(PERMISSION, raise_exception=True)
def dashboard(request: HttpRequest) -> HttpResponse:
    """By day, by provider, by user and by room, for the days and the part of it that is asked for."""
    today = timezone.now().date()
    form = DashboardForm(request.GET, today)
    question = form.question()
    context = {
        **admin.site.each_context(request),
        "title": "Dashboard",
        "form": form,
        "spans": [(days, _link(request.GET, **_span(today, days))) for days in SPANS],
        "total": books.total(question),
        "charts": charts(question),
        "tables": [
            ("provider", _lines(request.GET, question, "provider", str)),
            ("user", _lines(request.GET, question, "user__username", lambda name: name or "somebody who is gone")),
            ("room", _lines(request.GET, question, "room", lambda room: room or "outside of any conversation")),
        ],
        "most": MOST,
        "calls": [] if question.user or question.room else calls_by_provider(question.first, question.last),
        "is_new": not DailyUsage.objects.exists(),
    }
    return TemplateResponse(request, "admin/voice/dashboard.html", context)


def _lines(asked: QueryDict, question: Question, column: str, label: Callable[[Any], str]) -> list[Line]:
    """The busiest by ``column``; each leads to itself alone, if it has a name."""
    name = column.partition("__")[0]
    rows: Iterable[tuple[Any, Figures]] = books.by(question, column, MOST).items()
    return [Line(label(key) or "nobody", _link(asked, **{name: key}) if key else "", figures) for key, figures in rows]


def _span(today: date, days: int) -> dict[str, str]:
    return {"first": (today - timedelta(days=days - 1)).isoformat(), "last": today.isoformat()}


def _link(asked: QueryDict, **changed: str) -> str:
    """The same page with something ``changed``."""
    query = asked.copy()
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"
