"""What was spent of a quota, and what is set aside for speech in the making."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Spending(models.Model):
    """What a user or a room has spent in the current day and month (UTC), with what is reserved just now.

    Counts of a day or month that is over stand here until the next request, and mean nothing. Only statements of
    ``accounts/meter.py`` change it, each conditional on the limit.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="spending")
    room = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  # unique, and many have none
    day = models.DateField()
    day_characters = models.BigIntegerField(default=0)
    month = models.DateField(help_text="Its first day.")
    month_characters = models.BigIntegerField(default=0)
    month_milliseconds = models.BigIntegerField(default=0)
    month_microdollars = models.BigIntegerField(default=0)
    messages = models.BigIntegerField(default=0, help_text="Spoken anew since the plan began.")

    class Meta:
        verbose_name_plural = "spending"

    def __str__(self) -> str:
        return f"spending of {self.user or f'room {self.room}'}"


class Reservation(models.Model):
    """What one request has set aside. It is renewed while the audio is made, settled after, and lapses on a crash."""

    permit = models.CharField(
        max_length=32, db_index=True, help_text="The request's: one row for its user, one for its room."
    )
    spending = models.ForeignKey(Spending, on_delete=models.CASCADE, related_name="reservations")
    day = models.DateField()
    month = models.DateField()
    characters = models.BigIntegerField()
    milliseconds = models.BigIntegerField()
    microdollars = models.BigIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"reservation until {self.expires_at:%H:%M:%S}"
