"""What somebody can change on their account page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

from accounts.features import Feature
from accounts.models import User
from voice.domain.errors import InvalidRequest
from voice.providers import catalogue
from voice.providers.choosing import default_voice, find_voice

MAX_KEYS: Final = 20
"""Of one user, at once: more than anybody can tell apart."""

LASTING: Final = [("30", "30 days"), ("90", "90 days"), ("365", "A year"), ("", "Until it is revoked")]


class VoiceForm(forms.Form):
    """The voice somebody likes; empty is the service's own."""

    voice = forms.ChoiceField(label="Voice", required=False)

    def __init__(self, providers: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = _choices(providers)  # type: ignore[attr-defined]  # it is a ChoiceField

    def clean_voice(self) -> str:
        """See that it can be had here today."""
        written: str = self.cleaned_data["voice"]
        try:
            return str(find_voice(written)) if written else ""
        except InvalidRequest as error:
            raise forms.ValidationError(error.message) from None


class KeyForm(forms.Form):
    """A new API key."""

    name = forms.CharField(max_length=80, help_text="What it is for, so that you know it again.")
    features = forms.MultipleChoiceField(
        label="May be used for",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: for all that your account may use.",
    )
    lasts = forms.ChoiceField(label="Works for", choices=LASTING, required=False, initial="90")

    def __init__(self, user: User, allowed: list[Feature], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        self.fields["features"].choices = [  # type: ignore[attr-defined]  # it is a MultipleChoiceField
            (feature.value, feature.value.capitalize()) for feature in allowed
        ]

    def clean(self) -> dict[str, Any]:
        """See that they do not become too many to tell apart."""
        told: dict[str, Any] = super().clean() or {}
        if self._user.api_keys.filter(revoked_at=None).count() >= MAX_KEYS:
            raise forms.ValidationError(f"You have {MAX_KEYS} keys: revoke one that is no longer needed first.")
        return told

    @property
    def chosen(self) -> list[Feature]:
        """What the key is for."""
        return [Feature(name) for name in self.cleaned_data["features"]]

    @property
    def expires_at(self) -> datetime | None:
        """When it ends."""
        days = self.cleaned_data["lasts"]
        return timezone.now() + timedelta(days=int(days)) if days else None


def _choices(providers: frozenset[str]) -> list[tuple[str, Any]]:
    """The voices of the chain, provider by provider, after the service's own; of ``providers``, if there are any."""
    listed = catalogue.current()
    own = listed.voice(default_voice())
    by_provider: dict[str, list[tuple[str, str]]] = {}
    for voice in listed.voices():
        if providers and voice.id.provider not in providers:
            continue
        by_provider.setdefault(voice.id.provider, []).append((str(voice.id), f"{voice.label} ({voice.language})"))
    return [("", f"The usual one: {own.label if own else default_voice()}"), *by_provider.items()]
