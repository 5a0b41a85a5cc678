"""Whose audio it is: what keeps a piece of it from going with somebody else's message."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from voice.models.message import Message


class AudioReference(models.Model):
    """Somebody asked for this audio, for this message or for none. When the last one goes, the audio goes."""

    key = models.CharField(max_length=64, db_index=True, help_text="Of TtsCache; the audio may be gone before this.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="audio_references")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "user", "message"], name="one_reference_a_message"),
            models.UniqueConstraint(
                fields=["key", "user"], condition=models.Q(message=None), name="one_reference_without_a_message"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key[:12]}… of {self.user_id}"
