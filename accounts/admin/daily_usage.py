"""What was used on each day, where and with whom, in the admin: the rows the dashboard adds up."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin.counted import CountedAdmin
from accounts.models import DailyUsage


@admin.register(DailyUsage)
class DailyUsageAdmin(CountedAdmin):
    """Counted, so nobody writes it; and no money leaves the books."""

    list_display = ["day", "user", "room", "provider", "requests", "hits", "joined", "failures", "spent", "saved"]
    list_filter = ["provider", "day"]
    date_hierarchy = "day"
    when_empty = "Nobody has listened yet. What is asked for appears here about a second after it was heard."
    search_fields = ["user__username", "room"]
    search_help_text = "Find by username, or by the id of a conversation."
    list_select_related = ["user"]
    empty_value_display = "-"

    @admin.display(description="spent (USD)", ordering="cost_microdollars")
    def spent(self, row: DailyUsage) -> str:
        """What providers took."""
        return f"{row.cost_microdollars / 1_000_000:.6f}"

    @admin.display(description="saved (USD)", ordering="saved_microdollars")
    def saved(self, row: DailyUsage) -> str:
        """What they would have taken besides."""
        return f"{row.saved_microdollars / 1_000_000:.6f}"
