"""Somebody with an account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from accounts.models.plan import Plan


class User(AbstractUser):
    """Somebody with an account, the plan it is on, and the voice they like to hear."""

    plan = models.ForeignKey(
        Plan, on_delete=models.SET_NULL, null=True, blank=True, related_name="users", help_text="Empty: the default."
    )
    plan_since = models.DateTimeField(default=timezone.now, editable=False, help_text="A trial's days count from here.")
    default_voice = models.CharField(
        max_length=160, blank=True, help_text="Written provider:name, like local:heart. Empty: the service's default."
    )
