"""Conversations in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from voice.models import CallSession


@admin.register(CallSession)
class CallSessionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Whose conversation it is, how long, and in which voice it is heard. Its title is made of its words: not shown."""

    list_display = ["short_id", "owner", "voice", "message_count", "updated_at"]
    list_filter = ["updated_at"]
    date_hierarchy = "updated_at"
    when_empty = "Nobody has started a conversation yet."
    search_fields = ["owner__username", "owner__email", "=voice", "=id"]
    search_help_text = "Find by its owner's name or address, by its voice, or by its id."
    list_select_related = ["owner"]
    autocomplete_fields = ["owner"]
    fields = ["id", "owner", "voice", "created_at", "updated_at"]
    readonly_fields = ["id", "created_at", "updated_at"]
    empty_value_display = "default"
    view_on_site = False  # to all but its owner it is not there

    def get_queryset(self, request: HttpRequest) -> QuerySet[CallSession]:
        """With the number of messages in each."""
        calls: QuerySet[CallSession] = super().get_queryset(request)
        return calls.annotate(messages_in_it=Count("messages"))

    @admin.display(description="conversation", ordering="id")
    def short_id(self, call: CallSession) -> str:
        """Enough of it to tell it from others."""
        return str(call.pk)[:8]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never: people start their conversations themselves."""
        return False

    @admin.display(description="messages", ordering="messages_in_it")
    def message_count(self, call: CallSession) -> int:
        """How many messages are in it."""
        return int(getattr(call, "messages_in_it", 0))
