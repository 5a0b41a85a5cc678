"""What is known of a piece of audio that was made once."""

from __future__ import annotations

from django.db import models


class TtsCache(models.Model):
    """One complete piece of audio in the store. It holds a hash of what was said, never the words."""

    key = models.CharField(primary_key=True, max_length=64, help_text="SHA-256 of everything that decides the sound.")
    provider = models.CharField(max_length=32)
    voice = models.CharField(max_length=160, help_text="The provider's name for the voice.")
    model = models.CharField(max_length=160, blank=True)
    format = models.CharField(max_length=8)
    path = models.CharField("storage path", max_length=120, unique=True)
    duration_s = models.FloatField("duration (s)")
    size_bytes = models.PositiveBigIntegerField("size (bytes)")
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField(db_index=True)
    last_accessed_at = models.DateTimeField(db_index=True, help_text="Trails by about a second.")
    access_count = models.PositiveBigIntegerField(default=0, help_text="Times it was played from the cache.")

    timing = models.JSONField(null=True, help_text="When its sentences are said, once somebody has asked for captions.")

    class Meta:
        verbose_name = "cached audio"
        verbose_name_plural = "cached audio"
        ordering = ["-last_accessed_at"]

    def __str__(self) -> str:
        return f"{self.key[:12]}… ({self.provider}:{self.voice}, {self.duration_s:.1f} s)"
