"""A threshold somebody wants to hear of."""

from __future__ import annotations

from django.db import models


class Alert(models.Model):
    """A threshold, and whether it is crossed just now: one mail when that begins, one when it is over."""

    class Kind(models.TextChoices):
        """What is looked at."""

        ERROR_RATE = "error_rate", "error rate of providers (%)"
        BUDGET = "budget", "money spent this month (USD)"
        PROVIDER_DOWN = "provider_down", "minutes a provider has only failed"
        HIT_RATE = "hit_rate", "share of requests from the cache, below (%)"
        STORAGE = "storage", "storage used (% of the cap)"
        SUNSET = "sunset", "days until a model in use is switched off"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    threshold = models.FloatField(help_text="In the unit of its kind.")
    window_minutes = models.PositiveIntegerField(
        default=60,
        help_text="How far back error rate and provider down look. Hit rate looks at whole days (UTC) as far as that.",
    )
    recipients = models.CharField(
        max_length=500, blank=True, help_text="Mail addresses, with commas between. Empty: every active superuser."
    )
    enabled = models.BooleanField(default=True)
    crossed_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when it is crossed. Empty: it is not."
    )
    last_value = models.FloatField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["kind", "threshold"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.threshold:g}"
