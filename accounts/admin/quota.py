"""Quotas in the admin: what one user or one room may use instead of what a plan says, and how much of it is used."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from accounts.admin.bars import bars, standings_of
from accounts.admin.plan import LIMITS
from accounts.models import Quota


@admin.register(Quota)
class QuotaAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Limits of one user, in place of their plan's, or of one room. A change bites at once in this process."""

    list_display = ["whose", "used", "note"]
    list_filter = [("room", admin.EmptyFieldListFilter)]
    list_per_page = 25  # each row asks for its bars
    search_fields = ["user__username", "room", "note"]
    search_help_text = "Find by username, by room, or by a word of the note."
    when_empty = "Nobody has a quota of their own: what people may use is what their plan says."
    list_select_related = ["user__plan"]
    raw_id_fields = ["user"]
    fieldsets = [
        (None, {"fields": [("user", "room"), "note", "used"]}),
        ("Limits", {"fields": list(LIMITS), "description": "An empty field leaves what the plan says."}),
    ]

    @admin.display(description="whose", ordering="user__username")
    def whose(self, quota: Quota) -> str:
        """A user's or a room's."""
        return str(quota.user) if quota.user else f"room {quota.room}"

    @admin.display(description="used")
    def used(self, quota: Quota) -> SafeString | str:
        """A bar for each limit, those of the plan too."""
        return bars(standings_of(quota)) if quota.pk else "-"

    def get_readonly_fields(self, _request: HttpRequest, quota: Quota | None = None) -> list[str]:
        """Whose it is stays."""
        return ["user", "room", "used"] if quota else ["used"]
