"""What each user heard on each day, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.counted import CountedAdmin
from accounts.models import UserAnalytics


@admin.register(UserAnalytics)
class UserAnalyticsAdmin(CountedAdmin):
    """What each user heard on each day; counted, so nobody writes it."""

    list_display = [
        "day",
        "user",
        "requests",
        "hits",
        "hit_rate",
        "characters",
        "minutes_heard",
        "realtime_requests",
        "spent",
    ]
    list_filter = ["day"]
    date_hierarchy = "day"
    when_empty = "Nobody has listened yet. A user's day appears here about a second after they do."
    search_fields = ["user__username"]
    search_help_text = "Find by username."
    list_select_related = ["user"]

    @admin.display(description="from the cache")
    def hit_rate(self, row: UserAnalytics) -> str:
        """The share of requests that made no new audio."""
        return f"{row.hits / row.requests:.0%}" if row.requests else "-"

    @admin.display(description="minutes heard", ordering="voice_seconds")
    def minutes_heard(self, row: UserAnalytics) -> str:
        """Seconds, as people bill them."""
        return f"{row.voice_seconds / 60:.1f}"

    @admin.display(description="spent (USD)", ordering="cost_microdollars")
    def spent(self, row: UserAnalytics) -> str:
        """What providers took."""
        return f"{row.cost_microdollars / 1_000_000:.6f}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[UserAnalytics]:
        """The newest day first."""
        return super().get_queryset(request).order_by("-day", "user__username")
