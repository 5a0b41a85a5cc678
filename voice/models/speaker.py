"""Somebody who speaks in collaborative messages."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from voice.models.voice import Voice


class Speaker(models.Model):
    """A name that marks who speaks (``[Ada]: Hello``), and how that one sounds."""

    name = models.CharField(max_length=64, help_text="What stands in the mark: Ada for [Ada]: Hello. Case is ignored.")
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="speakers")
    model = models.CharField(max_length=160, blank=True, help_text="The provider's id for it. Empty: its default.")
    settings = models.JSONField(
        default=dict,
        blank=True,
        help_text='What else the provider is to be told, as JSON: {"stability": 0.4} for ElevenLabs.',
    )

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="one_speaker_a_name", violation_error_message="There is a speaker of that name."
            )
        ]

    def __str__(self) -> str:
        return self.name
