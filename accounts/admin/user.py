"""People, in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import User


@admin.register(User)
class PeopleAdmin(UserAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Django's own; when somebody joined and was here last is for nobody to write."""

    readonly_fields = ["date_joined", "last_login"]
