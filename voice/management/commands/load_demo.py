"""``manage.py load_demo``: somebody to sign in as, and something to press."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from voice.calls import demo


class Command(BaseCommand):
    """Creates the demo user and conversation; run again, it changes nothing."""

    help = "Create the demo user with a conversation to listen to. What is there already stays as it is."

    def handle(self, *_args: Any, **_options: Any) -> str:
        """Say how to sign in."""
        user = demo.load()
        if user.check_password(demo.PASSWORD):
            return f"Sign in as {demo.USERNAME} with the password {demo.PASSWORD}"
        return f"Sign in as {demo.USERNAME} with the password you gave it"
