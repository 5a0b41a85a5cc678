"""Flags in the admin: who may use which feature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from waffle.admin import InformativeManyToManyRawIdWidget

from accounts.features import Feature
from accounts.models import Flag


class FlagForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none
    """Whom a feature is on for, in the words of this product."""

    class Meta:
        labels = {"authenticated": "everybody who is signed in", "percent": "a share of all users"}
        help_texts = {
            "everyone": "Yes or No overrides what is below. Unknown: what is below decides.",
            "percent": "From 0.0 to 99.9 percent. The same users each time; who is in stays in when it grows.",
            "superusers": "On for superusers.",
            "staff": "On for staff.",
            "authenticated": "Who is not cannot use anything.",
            "note": "For other admins.",
            "groups": "On for those in these groups.",
            "users": "On for these users.",
        }


@admin.register(Flag)
class FlagAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """The switch of each feature. A change is seen within five seconds everywhere, at once in this process."""

    form = FlagForm
    list_display = ["name", "on_for", "note", "modified"]
    search_fields = ["name", "note"]
    search_help_text = "Find by feature, or by a word of the note."
    when_empty = "There are no flags, so every feature is on for everybody."
    actions = ["switch_on", "switch_off"]
    fields = ["name", "everyone", "percent", ("authenticated", "staff", "superusers"), "groups", "users", "note"]

    @admin.display(description="on for")
    def on_for(self, flag: Flag) -> str:
        """Who may, in one line."""
        if flag.everyone is not None:
            return "everybody" if flag.everyone else "nobody"
        if flag.authenticated:
            return "everybody"
        told = {
            "staff": flag.staff,
            "superusers": flag.superusers,
            f"{flag.percent} % of all": flag.percent,
            f"groups: {flag.group_count}": flag.group_count,  # type: ignore[attr-defined]  # get_queryset counts them
            f"users: {flag.user_count}": flag.user_count,  # type: ignore[attr-defined]
        }
        return ", ".join(words for words, applies in told.items() if applies) or "nobody"

    @admin.action(description="Switch on for everybody", permissions=["change"])
    def switch_on(self, request: HttpRequest, flags: QuerySet[Flag]) -> None:
        """Whatever else they say."""
        self._switch(request, flags, on=True)

    @admin.action(description="Switch off for everybody", permissions=["change"])
    def switch_off(self, request: HttpRequest, flags: QuerySet[Flag]) -> None:
        """Whatever else they say."""
        self._switch(request, flags, on=False)

    def _switch(self, request: HttpRequest, flags: QuerySet[Flag], *, on: bool) -> None:
        word = "on" if on else "off"
        for flag in flags:
            flag.everyone = on
            flag.save(update_fields=["everyone", "modified"])
            self.log_change(request, flag, f"Switched {word} for everybody.")
        names = ", ".join(flag.name for flag in flags)
        self.message_user(request, f"Switched {word} for everybody: {names}.", messages.SUCCESS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Flag]:
        """With how many each of them names."""
        counted: QuerySet[Flag] = super().get_queryset(request)
        return counted.annotate(user_count=Count("users", distinct=True), group_count=Count("groups", distinct=True))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Names are those of the features; users are too many for a list."""
        if db_field.name == "name":
            return forms.ChoiceField(choices=[(feature.value, feature.value) for feature in Feature])
        if db_field.name == "users":
            kwargs["widget"] = InformativeManyToManyRawIdWidget(db_field.remote_field, self.admin_site)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, _request: HttpRequest, flag: Flag | None = None) -> list[str]:
        """Which feature it switches stays."""
        return ["name"] if flag else []

    def has_delete_permission(self, _request: HttpRequest, _flag: Flag | None = None) -> bool:
        """Never: a flag is switched. Without one its feature would be on for everybody."""
        return False
