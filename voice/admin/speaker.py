"""Speakers in the admin: whose name in a message means which voice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from voice.domain.errors import InvalidRequest
from voice.models import Speaker
from voice.providers.choosing import check_settings, choose_model


class SpeakerForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none
    """A speaker whose model and settings are ones that the provider of the voice knows."""

    def clean_settings(self) -> dict[str, Any]:
        """An object of plain values; left out, an empty one."""
        told = self.cleaned_data["settings"] or {}
        if not isinstance(told, dict):
            raise ValidationError('An object, like {"stability": 0.4}.')
        wrong = [name for name, value in told.items() if not isinstance(value, bool | int | float | str)]
        if wrong:
            raise ValidationError(f"{wrong[0]} is a number, a text, true or false.")
        return told

    def clean(self) -> dict[str, Any]:
        """See that all of it belongs together."""
        told: dict[str, Any] = super().clean() or {}
        if "voice" in told:
            self._check_with_provider(told)
        return told

    def _check_with_provider(self, told: dict[str, Any]) -> None:
        voice = told["voice"].voice_id
        try:
            check_settings(told.get("settings") or {}, voice)
            choose_model(told.get("model", ""), voice)
        except InvalidRequest as error:
            raise ValidationError(error.fields) from None
        except KeyError:
            raise ValidationError({"voice": f"There is no provider {voice.provider} any more."}) from None


@admin.register(Speaker)
class SpeakerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Who speaks in collaborative messages, and how."""

    form = SpeakerForm
    list_display = ["name", "voice", "model", "settings"]
    list_filter = ["voice__provider"]
    search_fields = ["name", "voice__label", "voice__name"]
    search_help_text = "Find by name, or by voice."
    when_empty = "Nobody speaks in messages yet. Add a speaker, and “[Name]: text” is heard in that one's voice."
    list_select_related = ["voice"]
    empty_value_display = "default"
