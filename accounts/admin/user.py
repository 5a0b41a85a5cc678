"""People, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from accounts.admin.bars import bars
from accounts.models import User
from accounts.quota import standing
from accounts.resolving import plan_of
from accounts.trials import begin_anew, is_trial

SPEECH = ("Speech", {"fields": [("plan", "plan_since"), "default_voice", "used"]})
KNOWN = (None, {"fields": ["username", "email", "is_active", ("last_login", "date_joined")]})


@admin.register(User)
class PeopleAdmin(UserAdmin):  # type: ignore[type-arg]  # Django's takes none
    """Django's own, with plans.

    Passwords, permissions and roles are for superusers only: who could give them to others could take them.
    """

    list_display = ["username", "email", "on_plan", "plan_since", "is_staff", "is_active"]
    list_filter = ["plan", *UserAdmin.list_filter]
    list_select_related = ["plan"]
    search_help_text = "Find by name, or by address."
    readonly_fields = ["date_joined", "last_login", "plan_since", "used"]
    actions = ["start_trial_anew"]

    @admin.display(description="plan", ordering="plan__name", empty_value="the default")
    def on_plan(self, user: User) -> str | None:
        """The one they were put on."""
        return str(user.plan) if user.plan else None

    @admin.display(description="used")
    def used(self, user: User) -> SafeString | str:
        """A bar for each of their limits."""
        return bars(standing(user))

    @admin.action(description="Start the trial anew", permissions=["change"])
    def start_trial_anew(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Days and messages of a trial count from now on; who is on another plan is left as they are."""
        on_trial = [user for user in users.select_related("plan") if is_trial(plan_of(user))]
        for user in on_trial:
            begin_anew(user)
            self.log_change(request, user, "Started the trial anew.")
        others = len(users) - len(on_trial)
        if on_trial:
            names = ", ".join(user.get_username() for user in on_trial)
            self.message_user(request, f"The trial begins anew for {names}.", messages.SUCCESS)
        if others:
            self.message_user(request, f"{others} of them are not on a trial: nothing changed.", messages.WARNING)

    def save_model(self, request: HttpRequest, user: User, form: Any, change: bool) -> None:
        """Who is put on another plan begins it today."""
        super().save_model(request, user, form, change)
        if change and "plan" in form.changed_data:
            begin_anew(user)

    def get_fieldsets(self, request: HttpRequest, user: User | None = None) -> Any:
        """What there is to see of somebody, and to whom."""
        if user is None:
            return super().get_fieldsets(request, user)
        return [*super().get_fieldsets(request, user), SPEECH] if request.user.is_superuser else [KNOWN, SPEECH]

    def get_readonly_fields(self, request: HttpRequest, user: User | None = None) -> list[str]:
        """Who is no superuser changes what has to do with speech, and nothing else."""
        if user is None or request.user.is_superuser:
            return self.readonly_fields
        return [*self.readonly_fields, "username", "email", "is_active"]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002  # Django's
        """Only superusers set somebody's password.

        Raises:
            PermissionDenied: it is somebody else.
        """
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)
