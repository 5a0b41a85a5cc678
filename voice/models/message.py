"""Something that was written in a conversation."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse

from voice.models.call_session import CallSession


class Message(models.Model):
    """One message, in Markdown, by the person or the assistant."""

    class Author(models.TextChoices):
        """Who wrote it."""

        USER = "user", "person"
        ASSISTANT = "assistant", "assistant"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(CallSession, on_delete=models.CASCADE, related_name="messages")
    author = models.CharField(max_length=16, choices=Author.choices)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["call", "created_at"], name="messages_in_order")]

    def __str__(self) -> str:
        return f"{self.author} at {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def audio_url(self) -> str:
        """Where its owner hears it."""
        return reverse("message-audio", args=[self.pk])
