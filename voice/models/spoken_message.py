"""What becomes of a message's audio that is made before somebody presses its icon."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from voice.models.message import Message


class SpokenMessage(models.Model):
    """One row a message: it says what is still to be made after a restart, and what a tab that was away has missed."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "waiting"
        MAKING = "making", "being made"
        READY = "ready", "ready"
        FAILED = "failed", "failed"
        DROPPED = "dropped", "dropped"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="spoken")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=1, help_text="Times it was begun: a crash begins it again.")
    worker = models.CharField(max_length=32, blank=True, help_text="The process that makes it, or made it.")
    leased_until = models.DateTimeField(help_text="While it is being made: when others may take it over.")
    cursor = models.BigIntegerField(null=True, help_text="Its place in what its owner's tabs were told.")
    duration_s = models.FloatField(null=True)
    error = models.JSONField(null=True, help_text="Why it failed: code, message and when to come back.")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "cursor"], name="told_in_order"),
            models.Index(
                fields=["leased_until"], condition=models.Q(state__in=["waiting", "making"]), name="still_to_be_made"
            ),
        ]

    def __str__(self) -> str:
        return f"audio of message {str(self.message_id)[:8]}: {self.state}"
