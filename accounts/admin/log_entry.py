"""Who did what in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest


@admin.register(LogEntry)
class LogEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Every action of every admin, also on what is gone since. Written by the admin: nobody else does."""

    list_display = ["action_time", "user", "kind", "content_type", "object_repr", "what"]
    list_display_links = None
    list_filter = ["action_flag", "content_type"]
    date_hierarchy = "action_time"
    search_fields = ["user__username", "object_repr"]
    search_help_text = "Find by who did it, or by what it was done to."
    when_empty = "Nobody has changed anything here yet."
    list_select_related = ["user", "content_type"]

    @admin.display(description="did", ordering="action_flag")
    def kind(self, entry: LogEntry) -> str:
        """Add, change or delete."""
        return entry.get_action_flag_display()

    @admin.display(description="what exactly")
    def what(self, entry: LogEntry) -> str:
        """In words."""
        return entry.get_change_message()

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never: it is what happened."""
        return False

    def has_change_permission(self, _request: HttpRequest, _entry: LogEntry | None = None) -> bool:
        """Never: it is what happened."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _entry: LogEntry | None = None) -> bool:
        """Never: it is what happened."""
        return False
