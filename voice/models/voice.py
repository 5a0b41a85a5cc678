"""A voice somebody can be heard in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from voice.domain.voice import VoiceId


class VoiceManager(models.Manager["Voice"]):
    """Finds voices as fixtures name them."""

    def get_by_natural_key(self, provider: str, name: str) -> Voice:
        """The voice ``provider`` calls ``name``."""
        return self.get(provider=provider, name=name)


class Voice(models.Model):
    """A voice of a provider: what its vendor says of it, and what we make of it.

    ``enabled`` is an admin's word and ``vanished_on`` the vendor's (``sync_voices``); a voice can be asked for as long
    as neither speaks against it.
    """

    class Gender(models.TextChoices):
        """How it is heard by most."""

        FEMALE = "female"
        MALE = "male"
        NEUTRAL = "neutral"

    provider = models.CharField(max_length=32, help_text="Who speaks: openai, elevenlabs …")
    name = models.CharField(max_length=128, help_text="What the provider calls it; asked for as provider:name.")
    label = models.CharField(max_length=160, help_text="What people call it.")
    language = models.CharField(
        max_length=35, help_text="A BCP 47 tag, like en-US; mul for a voice that speaks many languages."
    )
    gender = models.CharField(max_length=8, choices=Gender.choices, default=Gender.NEUTRAL)
    description = models.CharField(max_length=300, blank=True)
    enabled = models.BooleanField(default=True, help_text="Nobody can ask for a voice that is switched off.")
    fallback = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who speaks when this voice fails: another one of the same provider. Empty: the next provider.",
    )
    listed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the vendor was last seen to list it. Empty: added by hand."
    )
    vanished_on = models.DateField(
        null=True, blank=True, help_text="Since when the vendor does not list it any more; it cannot be asked for."
    )

    objects = VoiceManager()

    class Meta:
        ordering = ["provider", "label"]
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="one_row_a_voice")]

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}" if self.label == self.name else f"{self.label} ({self.provider})"

    def natural_key(self) -> tuple[str, str]:
        """How fixtures name it."""
        return self.provider, self.name

    @property
    def voice_id(self) -> VoiceId:
        """What it is asked for by."""
        return VoiceId(self.provider, self.name)

    def clean(self) -> None:
        """See that it falls back to another voice of its own provider.

        Raises:
            ValidationError: it does not.
        """
        if self.fallback is None:
            return
        if self.fallback.provider != self.provider:
            raise ValidationError({"fallback": f"That is a voice of {self.fallback.provider}, not of {self.provider}."})
        if self.fallback.name == self.name:
            raise ValidationError({"fallback": "A voice cannot stand in for itself."})
