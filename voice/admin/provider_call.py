"""Calls of providers in the admin: how long they took, how they came out, what they cost."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from voice.models import ProviderCall


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
    list_filter = ["provider", "outcome", "error", "model", "created_at"]
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
