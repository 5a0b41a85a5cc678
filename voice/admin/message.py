"""Messages in the admin: that they were written, not what they say."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from voice.models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Who wrote a message, when, and how long it is. What people write is theirs: it is shown to nobody here."""

    list_display = ["created_at", "author", "owner", "conversation", "length"]
    list_filter = ["author", "created_at"]
    date_hierarchy = "created_at"
    when_empty = "Nobody has written anything yet."
    search_fields = ["call__owner__username", "=id", "=call__id"]
    search_help_text = "Find by the owner's name, or by the id of the message or its conversation."
    list_select_related = ["call__owner"]
    fields = ("id", "author", "owner", "conversation", "length", "created_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """With its length in place of its text."""
        messages: QuerySet[Message] = super().get_queryset(request)
        return messages.defer("text").annotate(characters=Length("text"))

    @admin.display(description="characters", ordering="characters")
    def length(self, message: Message) -> int:
        """How many characters it has."""
        return int(getattr(message, "characters", 0))

    @admin.display(ordering="call__owner__username")
    def owner(self, message: Message) -> str:
        """Whose conversation it is in."""
        return message.call.owner.get_username()

    @admin.display(ordering="call")
    def conversation(self, message: Message) -> SafeString:
        """The conversation it is in."""
        address = reverse("admin:voice_callsession_change", args=[message.call_id])
        return format_html('<a href="{}">{}</a>', address, str(message.call_id)[:8])

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never: messages are written in conversations."""
        return False

    def has_change_permission(self, _request: HttpRequest, _message: Message | None = None) -> bool:
        """Never: nobody puts words into another's mouth."""
        return False
