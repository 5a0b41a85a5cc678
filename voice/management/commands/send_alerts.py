"""``manage.py send_alerts``: looks whether a threshold is crossed, and tells of it once. For cron."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from voice.watching.alerts import look_at_all


class Command(BaseCommand):
    """Looks at every alert."""

    help = (
        "Look at the alerts of the admin: one mail when a threshold is crossed, one when it is so no longer. Run it "
        "every few minutes. Ends with 1 when a mail could not be sent; the next run that can sends it."
    )

    def handle(self, *_args: Any, **_options: Any) -> str:
        """Look at them.

        Raises:
            CommandError: somebody could not be told.
        """
        looked = look_at_all(timezone.now())
        untold = [one.untold_because for one in looked if one.untold_because]
        if untold:
            raise CommandError("Not told: " + "; ".join(untold))
        began, ended = sum(one.began for one in looked), sum(one.ended for one in looked)
        return f"{len(looked)} alerts looked at: {began} crossed, {ended} over."
