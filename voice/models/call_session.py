"""A conversation."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse


class CallSession(models.Model):
    """A conversation somebody has with an assistant, and the voice it is heard in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calls")
    title = models.CharField(max_length=120, default="New conversation")
    voice = models.CharField(
        max_length=160, blank=True, help_text="Written provider:name, like local:heart. Empty: the default voice."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = "conversation"
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"conversation {str(self.pk)[:8]}"  # not its title: that is made of somebody's words

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("call-messages", args=[self.pk])
