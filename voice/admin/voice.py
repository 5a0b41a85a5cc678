"""Voices in the admin: who can be heard, to listen to, to switch off, to add to."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from voice.domain.errors import InvalidRequest
from voice.domain.voice import VoiceId
from voice.models import Voice
from voice.providers.catalogue import expire
from voice.providers.registry import PROVIDERS, chain, provider


class VoiceForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's takes none
    """A voice that can be asked for: written as voices are, and one its provider can have."""

    provider = forms.ChoiceField(choices=[(name, name) for name in sorted(PROVIDERS)], help_text="Who speaks.")

    def clean(self) -> dict[str, Any]:
        """See that the provider has such a voice, as far as anybody can know."""
        told: dict[str, Any] = super().clean() or {}
        if "provider" in told and "name" in told:
            self._check_name(told["provider"], told["name"])
        return told

    def _check_name(self, provider_name: str, name: str) -> None:
        try:
            VoiceId.parse(f"{provider_name}:{name}")
        except InvalidRequest:
            raise ValidationError({"name": "It may not begin with a space or a colon, nor hold line breaks."}) from None
        speaker = provider(provider_name)
        if not speaker.open_catalogue and name not in {facts.name for facts in speaker.voices}:
            raise ValidationError({"name": f"{provider_name} has the voices it came with, and no others."})


@admin.register(Voice)
class VoiceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Every voice of every provider. What is shipped or listed by its vendor is switched off rather than deleted."""

    form = VoiceForm
    list_display = ["label", "provider", "name", "language", "gender", "state", "listen", "listed_at"]
    list_filter = ["provider", "enabled", "gender", ("vanished_on", admin.EmptyFieldListFilter), "language"]
    search_fields = ["label", "name", "language", "description"]
    search_help_text = "Find by name, by language tag, or by a word of the description."
    when_empty = "There are no voices. They come with the next migrate; sync_voices asks the vendors for theirs."
    list_select_related = ["fallback"]
    actions = ["switch_on", "switch_off"]
    fields = [
        ("provider", "name"),
        "label",
        ("language", "gender"),
        "description",
        "enabled",
        "fallback",
        ("listed_at", "vanished_on"),
    ]
    readonly_fields: ClassVar = ["listed_at", "vanished_on"]

    @admin.display(description="state", ordering="enabled")
    def state(self, voice: Voice) -> str:
        """On, off by an admin, or gone by its vendor."""
        if not voice.enabled:
            return "off"
        return f"gone since {voice.vanished_on}" if voice.vanished_on else "on"

    @admin.display(description="listen")
    def listen(self, voice: Voice) -> SafeString | str:
        """A player of its sample, where it can be had; it loads nothing until it is pressed."""
        heard = {one.name for one in chain() if one.unavailable_because() is None}
        if voice.provider not in heard or not voice.enabled or voice.vanished_on:
            return "-"
        url = reverse("voice-sample", args=[str(voice.voice_id)])
        return format_html('<audio controls preload="none" src="{}" aria-label="{}"></audio>', url, voice.label)

    @admin.action(description="Switch on", permissions=["change"])
    def switch_on(self, request: HttpRequest, voices: QuerySet[Voice]) -> None:
        """Let them be asked for."""
        self._switch(request, voices, on=True)

    @admin.action(description="Switch off: nobody can ask for them", permissions=["change"])
    def switch_off(self, request: HttpRequest, voices: QuerySet[Voice]) -> None:
        """Let nobody ask for them."""
        self._switch(request, voices, on=False)

    def _switch(self, request: HttpRequest, voices: QuerySet[Voice], *, on: bool) -> None:
        for voice in voices:
            self.log_change(request, voice, f"Switched {'on' if on else 'off'}.")
        voices.update(enabled=on)
        expire()

    def get_readonly_fields(self, _request: HttpRequest, voice: Voice | None = None) -> list[str]:
        """What it is asked for by stays: conversations and kept audio name it."""
        return [*self.readonly_fields, *(["name"] if voice else [])]

    def has_delete_permission(self, request: HttpRequest, voice: Voice | None = None) -> bool:
        """Only what was added by hand: anything else would be back tomorrow."""
        return super().has_delete_permission(request, voice) and (voice is None or voice.listed_at is None)
