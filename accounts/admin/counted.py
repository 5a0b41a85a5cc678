"""Rows that are counted, in the admin."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest

_DELETING_USERS: Final = {"accounts_user_delete", "accounts_user_changelist"}


class CountedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Nobody writes what is counted, and it goes with its user only."""

    list_display_links = None

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never: it is counted."""
        return False

    def has_change_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        """Never: it is counted."""
        return False

    def has_delete_permission(self, request: HttpRequest, _row: Any = None) -> bool:
        """Only with its user: the admin asks about everything that goes along."""
        match = request.resolver_match
        return match is not None and match.url_name in _DELETING_USERS
