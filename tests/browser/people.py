"""People with limits, roles and a conversation of their own, on the server under test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.server import AloudServer

PASSWORD = "a long walk in the rain"

_MAKE = """
from datetime import timedelta
from django.contrib.auth.models import Group
from django.utils import timezone
from accounts.models import Plan, Quota, User
from voice.models import CallSession
told = {told!r}
user = User.objects.create_user(told["name"], password=told["password"], is_staff=bool(told["groups"]))
user.groups.set(Group.objects.filter(name__in=told["groups"]))
user.plan = Plan.objects.filter(name=told["plan"]).first()
user.plan_since = timezone.now() - timedelta(days=told["days_on_plan"])
user.save()
if told["quota"]:
    Quota.objects.create(user=user, **told["quota"])
call = CallSession.objects.create(owner=user, title="To be heard")
for number in range(3):
    text = f"For " + told["name"] + f" alone, this is reply number {{number}}." + told["more"]
    call.messages.create(author="assistant", text=text)
"""


@dataclass(frozen=True)
class Person:
    """Who to make: with three replies nobody has heard, so that hearing one costs something."""

    name: str
    plan: str = ""
    days_on_plan: int = 0
    groups: tuple[str, ...] = ()
    quota: dict[str, Any] = field(default_factory=dict)
    more: str = ""
    """What each reply says besides."""

    password: str = PASSWORD

    def move_in(self, server: AloudServer) -> Person:
        """Have them on ``server`` from now on."""
        server.manage("shell", "--no-imports", "-c", _MAKE.format(told=vars(self)))
        return self
