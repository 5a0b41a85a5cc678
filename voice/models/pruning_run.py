"""A run of prune_tts_cache."""

from __future__ import annotations

from django.db import models


class PruningRun(models.Model):
    """When the cache was looked through, and what that freed."""

    began_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, help_text="Empty: it still runs, or was killed.")
    expired = models.PositiveIntegerField(default=0, help_text="Entries whose time was over.")
    evicted = models.PositiveIntegerField("unheard longest", default=0, help_text="Let go to stay under the cap.")
    orphan_files = models.PositiveIntegerField(default=0, help_text="Files nothing was known of.")
    orphan_rows = models.PositiveIntegerField(default=0, help_text="Entries whose file was gone.")
    freed_bytes = models.PositiveBigIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True, help_text="What ended it early.")

    class Meta:
        verbose_name = "pruning run"
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"pruning of {self.began_at:%Y-%m-%d %H:%M}"
