"""Who did what in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.models import LogEntry

from accounts.admin.counted import CountedAdmin


@admin.register(LogEntry)
class LogEntryAdmin(CountedAdmin):
    """Every action of every admin, also on what is gone since. Like what is counted, it is for nobody to write."""

    list_display = ["action_time", "user", "kind", "content_type", "object_repr", "what"]
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
