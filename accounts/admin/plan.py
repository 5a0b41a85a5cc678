"""Plans in the admin: what everybody on one may use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from accounts.admin.choices import features_field, several_of
from accounts.models import Plan

LIMITS = (
    ("characters_per_day", "characters_per_month"),
    ("voice_minutes_per_month", "money_per_month"),
    ("requests_per_minute", "realtime_per_day"),
    "max_characters",
)
"""As a plan and a quota show them."""


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none
    """A plan, with its lists to be ticked."""

    features = features_field("What may be used. None chosen: everything.")
    providers = several_of((), "Providers", "Who may speak. None chosen: every provider of the chain.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "providers" in self.fields:  # who may only look gets no fields
            known = dict.fromkeys([*settings.TTS_PROVIDER, *self.instance.providers])
            self.fields["providers"].choices = [(name, name) for name in known]  # type: ignore[attr-defined]


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """What people may use, by plan. A change bites at once in this process, within five seconds in others."""

    form = PlanForm
    list_display = ["label", "name", "is_default", "people", "trial", "characters_per_day", "money_per_month"]
    search_fields = ["name", "label"]
    search_help_text = "Find by name."
    when_empty = "There are no plans, so nothing is limited. Add one, and mark it as the default."
    empty_value_display = "no limit"
    fieldsets = [
        (None, {"fields": [("label", "name"), "is_default"]}),
        ("Limits", {"fields": list(LIMITS), "description": "An empty field is no limit. The cache is never counted."}),
        ("Trial", {"fields": [("trial_messages", "trial_days")]}),
        ("What may be used", {"fields": ["features", "providers"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        """With how many are on each."""
        plans: QuerySet[Plan] = super().get_queryset(request)
        return plans.annotate(people_on_it=Count("users"))

    @admin.display(description="people", ordering="people_on_it")
    def people(self, plan: Plan) -> str:
        """How many were put on it; the default one has all others too."""
        count: int = getattr(plan, "people_on_it", 0)
        return f"{count} and all others" if plan.is_default else str(count)

    @admin.display(description="trial", empty_value="-")
    def trial(self, plan: Plan) -> str | None:
        """When it ends by itself."""
        ends = [
            f"{count} {unit}"
            for count, unit in ((plan.trial_messages, "messages"), (plan.trial_days, "days"))
            if count is not None
        ]
        return " or ".join(ends) or None
