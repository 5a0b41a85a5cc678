"""A call of a provider, as something that took time and money."""

from __future__ import annotations

from django.db import models


class ProviderCall(models.Model):
    """One call, and how it came out. It holds neither what was said nor a key."""

    class Outcome(models.TextChoices):
        """How it came out."""

        SPOKE = "spoke", "spoke"
        FAILED = "failed", "failed before the first chunk"
        BROKEN = "broken", "broke off"
        CANCELLED = "cancelled", "cancelled"

    created_at = models.DateTimeField("began", db_index=True)
    provider = models.CharField(max_length=32)
    model = models.CharField(max_length=160, blank=True)
    voice = models.CharField(max_length=128, help_text="The provider's name for the voice.")
    characters = models.PositiveIntegerField(help_text="How many were to be said.")
    ttfb_s = models.FloatField("first byte (s)", null=True, blank=True, help_text="Empty: none came.")
    duration_s = models.FloatField("took (s)", help_text="Until the call had come to its end.")
    audio_s = models.FloatField("audio (s)", default=0.0, help_text="Seconds of audio that came.")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    error = models.CharField(max_length=40, blank=True, help_text="The code of the error, like provider_timeout.")
    cost = models.DecimalField(
        "cost (USD)",
        max_digits=12,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="By the model's price on that day. Empty: the price is not known.",
    )

    class Meta:
        verbose_name = "provider call"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["provider", "created_at"], name="calls_by_provider"),
            models.Index(fields=["outcome", "created_at"], name="calls_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} at {self.created_at:%Y-%m-%d %H:%M:%S}: {self.outcome}"
