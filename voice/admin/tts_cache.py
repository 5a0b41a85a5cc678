"""The audio cache in the admin: what is there, how often it is heard; to listen to and to let go."""

from __future__ import annotations

from functools import partial
from typing import Any

from asgiref.sync import async_to_sync
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from voice.cache.index import Entry
from voice.cache.pruning import discard, let_all_go
from voice.cache.signing import signed_url
from voice.domain.audio import AudioFormat
from voice.models import TtsCache


@admin.register(TtsCache)
class TtsCacheAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Every complete piece of audio. Deleting one here deletes the file as well."""

    list_display = [
        "short_key",
        "listen",
        "provider",
        "voice",
        "format",
        "duration",
        "size",
        "access_count",
        "last_accessed_at",
        "created_at",
    ]
    list_filter = ["provider", "voice", "format", "expires_at"]
    date_hierarchy = "created_at"
    when_empty = "Nothing has been spoken yet. Press the speaker icon of a message, and its audio appears here."
    search_fields = ["key__startswith", "voice"]
    search_help_text = "Find by the beginning of a key, or by voice."
    fields = [
        "key",
        "listen",
        ("provider", "voice", "model"),
        ("format", "duration", "size"),
        "path",
        ("created_at", "expires_at"),
        ("last_accessed_at", "access_count"),
    ]
    readonly_fields = ["listen", "duration", "size"]

    @admin.display(description="key", ordering="key")
    def short_key(self, row: TtsCache) -> str:
        """Enough of it to tell it from others."""
        return f"{row.key[:12]}…"

    @admin.display(ordering="duration_s")
    def duration(self, row: TtsCache) -> str:
        """Minutes and seconds."""
        minutes, seconds = divmod(row.duration_s, 60)
        return f"{minutes:.0f}:{seconds:04.1f}"

    @admin.display(ordering="size_bytes")
    def size(self, row: TtsCache) -> str:
        """In a unit people read."""
        return filesizeformat(row.size_bytes)

    @admin.display(description="listen")
    def listen(self, row: TtsCache) -> SafeString:
        """A player; it loads nothing until it is pressed."""
        url = signed_url(row.key, AudioFormat(row.format))
        return format_html('<audio controls preload="none" src="{}" aria-label="Audio {}"></audio>', url, row.key[:12])

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never: what is spoken is kept by itself."""
        return False

    def has_change_permission(self, _request: HttpRequest, _row: TtsCache | None = None) -> bool:
        """Never: it says what is in the store."""
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's way of deleting, which asks first and leaves a log entry, by the name people look for."""
        actions: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in actions:
            function, name, _ = actions["delete_selected"]
            actions["delete_selected"] = (function, name, "Forget the chosen audio")
        return actions

    def delete_model(self, _request: HttpRequest, row: TtsCache) -> None:
        """Delete one, and its file, once the log entry about it is written: that is one transaction's."""
        transaction.on_commit(partial(async_to_sync(discard), Entry.of(row)))

    def delete_queryset(self, _request: HttpRequest, rows: QuerySet[TtsCache]) -> None:
        """Delete several, and their files."""
        chosen = TtsCache.objects.filter(pk__in=rows.order_by().values("pk"))
        transaction.on_commit(partial(async_to_sync(let_all_go), chosen, wait=True))
