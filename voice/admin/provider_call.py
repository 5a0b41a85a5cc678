"""Calls of providers in the admin: how long they took, how they came out, what they cost."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from voice.models import ProviderCall


class ErrorFilter(admin.SimpleListFilter):
    """By the code of an error; most calls have none, and a link without words is nothing to press."""

    title = "error"
    parameter_name = "error"

    def lookups(self, _request: HttpRequest, model_admin: admin.ModelAdmin[ProviderCall]) -> list[tuple[str, str]]:
        """The codes there are."""
        codes = model_admin.model.objects.exclude(error="").values_list("error", flat=True).distinct().order_by("error")
        return [(code, code) for code in codes]

    def queryset(self, _request: HttpRequest, calls: QuerySet[ProviderCall]) -> QuerySet[ProviderCall]:
        """Those that failed like that; all of them when none is chosen."""
        return calls.filter(error=self.value()) if self.value() else calls


@admin.register(ProviderCall)
class ProviderCallAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """One row a call; written by the program, so nobody writes it. It knows how much was said, not what."""

    list_display = [
        "created_at",
        "provider",
        "voice",
        "model",
        "characters",
        "ttfb_s",
        "duration_s",
        "audio_s",
        "outcome",
        "error",
        "cost",
    ]
    list_filter = ["provider", "outcome", ErrorFilter, "model", "created_at"]
    date_hierarchy = "created_at"
    when_empty = "No provider has been called yet. What comes from the cache calls nobody."
    search_fields = ["voice", "model", "=error"]
    search_help_text = "Find by voice, by model, or by the code of an error."
    empty_value_display = "-"

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never: calls are made by speaking."""
        return False

    def has_change_permission(self, _request: HttpRequest, _call: ProviderCall | None = None) -> bool:
        """Never: it is what happened."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _call: ProviderCall | None = None) -> bool:
        """Never here: bills are checked against it."""
        return False
