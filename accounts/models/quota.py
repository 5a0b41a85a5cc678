"""What one user, or one room, may use instead of what a plan says."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models.plan import LimitFields


class Quota(LimitFields):
    """Limits of one user, in place of their plan's, or of one room. An empty limit leaves the plan's as it is."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="quota"
    )
    room = models.CharField(
        max_length=64, unique=True, null=True, blank=True, help_text="The id of a conversation. A room has no plan."
    )
    note = models.CharField(max_length=200, blank=True, help_text="Why; for other admins.")

    class Meta:
        ordering = ["user__username", "room"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None) ^ models.Q(room=None),
                name="a_quota_is_a_users_or_a_rooms",
                violation_error_message="A quota is for a user or for a room: fill in one of the two.",
            )
        ]

    def clean(self) -> None:
        """See that a room has no limit that nobody counts for rooms."""
        if self.room and self.realtime_per_day is not None:
            raise ValidationError({"realtime_per_day": "Replies are counted by user: a room has no limit of them."})

    def __str__(self) -> str:
        return f"quota of {self.user or f'room {self.room}'}"
