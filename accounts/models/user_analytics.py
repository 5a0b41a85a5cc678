"""What a user heard on a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class UserAnalytics(models.Model):
    """One user's day, in totals. Written behind (accounts/usage.py), so it trails by about a second."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="analytics")
    day = models.DateField(help_text="UTC.")
    requests = models.PositiveBigIntegerField(default=0, help_text="Times speech was asked for.")
    hits = models.PositiveBigIntegerField(default=0, help_text="Of these, answered from the cache.")
    characters = models.PositiveBigIntegerField(default=0, help_text="Characters sent to a voice: hits send none.")
    voice_seconds = models.FloatField(default=0.0, help_text="Seconds of audio asked for, cached or not.")
    realtime_requests = models.PositiveBigIntegerField(default=0, help_text="Replies of the assistant asked for.")
    cost_microdollars = models.PositiveBigIntegerField(default=0, help_text="What providers took, in 1/1,000,000 USD.")

    class Meta:
        verbose_name_plural = "user analytics"
        ordering = ["-day", "user_id"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_row_a_user_and_day")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.day}"
