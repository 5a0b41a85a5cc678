"""A key a program speaks with."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiKey(models.Model):
    """A key, on its owner's account. The key itself is shown once and is nowhere: only its hash is here."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80, help_text="What it is for.")
    prefix = models.CharField("begins with", max_length=16, help_text="To tell one key from another.")
    hash = models.CharField(max_length=64, unique=True, editable=False)
    features = models.JSONField(default=list, blank=True, help_text="What it may use. None chosen: all its owner may.")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: it does not expire.")
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="Trails by about a second.")

    class Meta:
        verbose_name = "API key"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
