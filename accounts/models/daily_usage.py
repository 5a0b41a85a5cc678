"""What was used on a day, by user, room and provider: what the dashboard adds up."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class DailyUsage(models.Model):
    """One day of one user in one room with one provider, in totals. Written behind, so it trails by about a second."""

    day = models.DateField(help_text="UTC.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    room = models.CharField(max_length=64, blank=True, help_text="The id of a conversation; empty outside of any.")
    provider = models.CharField(max_length=32, blank=True, help_text="Who spoke; empty when nobody did.")
    requests = models.PositiveBigIntegerField(default=0)
    hits = models.PositiveBigIntegerField(default=0)
    joined = models.PositiveBigIntegerField(default=0, help_text="Requests that shared what another had started.")
    failures = models.PositiveBigIntegerField(default=0)
    characters = models.PositiveBigIntegerField(default=0)
    voice_seconds = models.FloatField(default=0.0)
    cost_microdollars = models.PositiveBigIntegerField(default=0, help_text="What providers took.")
    saved_microdollars = models.PositiveBigIntegerField(default=0, help_text="What they would have taken without us.")
    ttfb_seconds = models.FloatField(default=0.0, help_text="Waited for the first byte, added up over what was made.")

    class Meta:
        verbose_name_plural = "daily usage"
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["day", "user", "room", "provider"], name="one_row_a_day_user_room_provider")
        ]
        indexes = [models.Index(fields=["user", "day"], name="usage_by_user")]

    def __str__(self) -> str:
        return f"{self.day}: {self.user_id} with {self.provider}"
