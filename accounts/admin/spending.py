"""Spending in the admin: what counts against limits, and what is set aside for speech in the making."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from accounts import amounts
from accounts.admin.counted import CountedAdmin
from accounts.models import Spending


@admin.register(Spending)
class SpendingAdmin(CountedAdmin):
    """What a user or a room has spent, in the day and the month it last spent something. Counted: nobody writes it."""

    list_display = ["whose", "day", "day_characters", "month_characters", "minutes", "money", "messages", "set_aside"]
    list_filter = ["day"]
    search_fields = ["user__username", "room"]
    search_help_text = "Find by username, or by room."
    when_empty = "Nobody with a limit has had anything made yet."
    list_select_related = ["user"]

    @admin.display(description="whose", ordering="user__username")
    def whose(self, spending: Spending) -> str:
        """A user's or a room's."""
        return str(spending.user) if spending.user else f"room {spending.room}"

    @admin.display(description="month minutes", ordering="month_milliseconds")
    def minutes(self, spending: Spending) -> str:
        """Of audio."""
        return amounts.bare(spending.month_milliseconds / 60_000, "minutes")

    @admin.display(description="month money", ordering="month_microdollars")
    def money(self, spending: Spending) -> str:
        """In US dollars."""
        return amounts.told(spending.month_microdollars / 1_000_000, "USD")

    @admin.display(description="in the making", ordering="reserved")
    def set_aside(self, spending: Spending) -> int:
        """How many requests have something set aside, which is in the counts."""
        return int(getattr(spending, "reserved", 0))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Spending]:
        """With what is set aside; who spent last comes first."""
        rows: QuerySet[Spending] = super().get_queryset(request)
        return rows.annotate(reserved=Count("reservations")).order_by("-day", "user__username", "room")
