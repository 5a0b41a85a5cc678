"""API keys in the admin: made, narrowed and revoked; a key itself is seen once, by who makes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts import keys
from accounts.admin.choices import features_field
from accounts.models import ApiKey


class ApiKeyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none
    """What a key is for, and for how long."""

    features = features_field("What it may use. None chosen: all its owner may.")
    expires_at = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
        help_text="UTC. Empty: it does not expire.",
    )

    def clean_expires_at(self) -> datetime | None:
        """See that a new end is still to come."""
        end: datetime | None = self.cleaned_data["expires_at"]
        if end is not None and end <= timezone.now() and "expires_at" in self.changed_data:
            raise ValidationError("This has passed. To end a key now, revoke it.")
        return end


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Keys programs speak with. Whoever has a key speaks on its owner's account."""

    form = ApiKeyForm
    list_display = ["name", "begins_with", "user", "scope", "state", "last_used_at", "created_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter), "created_at", "last_used_at"]
    search_fields = ["name", "user__username", "prefix__startswith"]
    search_help_text = "Find by name, by username, or by the beginning of a key."
    when_empty = "There are no keys. Add one here, or let people add theirs on their account page."
    list_select_related = ["user"]
    raw_id_fields = ["user"]
    actions = ["revoke"]

    @admin.display(description="begins with", ordering="prefix")
    def begins_with(self, key: ApiKey) -> str:
        """All that can be seen of it."""
        return f"{key.prefix}…"

    @admin.display(description="may use")
    def scope(self, key: ApiKey) -> str:
        """Its features."""
        return ", ".join(key.features) or "all its owner may"

    @admin.display(description="state")
    def state(self, key: ApiKey) -> str:
        """Whether it opens anything, and until when."""
        if key.revoked_at is not None:
            return f"revoked on {key.revoked_at:%Y-%m-%d}"
        if key.expires_at is None:
            return "works"
        return f"{'works until' if key.expires_at > timezone.now() else 'over since'} {key.expires_at:%Y-%m-%d}"

    @admin.action(description="Revoke: nobody can speak with them again", permissions=["change"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiKey]) -> TemplateResponse | None:
        """Ask whether that is meant; then do it, for good."""
        working = chosen.filter(revoked_at=None)
        if "confirmed" not in request.POST:
            return self._ask(request, working)
        for key in working:
            keys.revoke(key)
            self.log_change(request, key, "Revoked.")
        self.message_user(request, "Revoked: nobody can speak with them any longer.", messages.SUCCESS)
        return None

    def _ask(self, request: HttpRequest, working: QuerySet[ApiKey]) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Revoke keys",
            "opts": self.opts,
            "question": "What uses these keys stops working at once. A revoked key never works again.",
            "rows": working,
            "action": "revoke",
            "answer": "Revoke them",
        }
        return TemplateResponse(request, "admin/confirm.html", context)

    def save_model(self, request: HttpRequest, key: ApiKey, form: Any, change: bool) -> None:
        """A new key is cut here; the answer shows it this once."""
        if not change:
            request.new_key = keys.cut(key)  # type: ignore[attr-defined]  # for this request's own answer
        super().save_model(request, key, form, change)

    def response_add(self, request: HttpRequest, key: ApiKey, post_url_continue: str | None = None) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """The key itself, in the answer alone: a notice to the next page would travel in a cookie."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Copy the key now",
            "opts": self.opts,
            "key": key,
            "secret": request.new_key,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/accounts/made_key.html", context)

    def get_fields(self, _request: HttpRequest, key: ApiKey | None = None) -> list[Any]:
        """What a key is told when it is made, and later what is known of it."""
        known: list[Any] = [("begins_with", "state"), ("created_at", "last_used_at")] if key else []
        return ["user", "name", "features", "expires_at", *known]

    def get_readonly_fields(self, _request: HttpRequest, key: ApiKey | None = None) -> list[str]:
        """Whose it is stays."""
        return ["user", "begins_with", "state", "created_at", "last_used_at"] if key else []

    def has_change_permission(self, request: HttpRequest, key: ApiKey | None = None) -> bool:
        """Not once it is revoked: that is for good."""
        return super().has_change_permission(request, key) and (key is None or key.revoked_at is None)
