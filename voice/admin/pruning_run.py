"""Runs of ``prune_tts_cache`` in the admin: when, how they ended, and what they freed."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from voice.cache.pruning.regularity import KILLED_AFTER
from voice.models import PruningRun


@admin.register(PruningRun)
class PruningRunAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """One row a run; written by the program, so nobody writes it."""

    list_display = ["began_at", "took", "outcome", "expired", "evicted", "orphan_files", "orphan_rows", "freed"]
    list_filter = ["began_at"]
    date_hierarchy = "began_at"
    when_empty = "The cache has not been pruned yet. Have cron run manage.py prune_tts_cache every hour."
    fields = (
        ("began_at", "ended_at", "took"),
        "outcome",
        ("expired", "evicted"),
        ("orphan_files", "orphan_rows"),
        "freed",
    )
    readonly_fields = ["took", "outcome", "freed"]

    @admin.display(description="took")
    def took(self, run: PruningRun) -> str:
        """From beginning to end."""
        return f"{(run.ended_at - run.began_at).total_seconds():,.1f} s" if run.ended_at else "-"

    @admin.display(description="outcome")
    def outcome(self, run: PruningRun) -> str:
        """How it ended, if it has."""
        if run.error:
            return f"ended early: {run.error}"
        if run.ended_at:
            return "complete"
        return "killed" if timezone.now() - run.began_at > KILLED_AFTER else "running"

    @admin.display(description="freed", ordering="freed_bytes")
    def freed(self, run: PruningRun) -> str:
        """In a unit people read."""
        return filesizeformat(run.freed_bytes)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never: runs are made by the command."""
        return False

    def has_change_permission(self, _request: HttpRequest, _run: PruningRun | None = None) -> bool:
        """Never: it is what happened."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _run: PruningRun | None = None) -> bool:
        """Never here: the command deletes old ones."""
        return False
