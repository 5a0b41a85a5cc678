"""``manage.py create_api_key USERNAME --name NAME``: makes a key for a program to speak with."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import keys
from accounts.features import Feature
from accounts.models import ApiKey, User


class Command(BaseCommand):
    """Makes a key."""

    help = "Make an API key on somebody's account. Its last line is the key alone; it is not shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and what for."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="What it is for.")
        parser.add_argument(
            "--feature",
            dest="features",
            action="append",
            default=[],
            type=Feature,
            choices=list(Feature),
            metavar="FEATURE",
            help=f"What it may use: {', '.join(Feature)}. Can be given again; without it, all its owner may.",
        )
        parser.add_argument("--days", type=_days, help="How long it works; without it, until it is revoked.")

    def handle(self, *_args: Any, **options: Any) -> str:
        """Make it."""
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no user {options['username']}, or the account is switched off.")
        name, days = _sound(options["name"]), options["days"]
        expires_at = timezone.now() + timedelta(days=days) if days else None
        key, secret = keys.create(user, name, options["features"], expires_at)
        end = f"until {expires_at:%Y-%m-%d}" if expires_at else "until it is revoked"
        scope = ", ".join(key.features) or "all its owner may use"
        return f"A key for {user.username}, {end}, for {scope}. It is not shown again:\n{secret}"


def _sound(name: str) -> str:
    """``name``, if a key can be called that.

    Raises:
        CommandError: it cannot.
    """
    try:
        return str(ApiKey._meta.get_field("name").clean(name.strip(), None))  # noqa: SLF001  # Django documents it
    except ValidationError as error:
        raise CommandError(f"--name: {' '.join(error.messages)}") from None


def _days(written: str) -> int:
    """A whole number of days from 1 to 36500.

    Raises:
        ValueError: it is none; argparse says so.
    """
    days = int(written)
    if not 1 <= days <= 36_500:  # noqa: PLR2004  # a century
        raise ValueError
    return days
