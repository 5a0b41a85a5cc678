"""How long ago something was, as people say it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.timesince import timesince

NOW_S: Final = 60


def ago(then: datetime, now: datetime) -> str:
    """How long ago ``then`` was, in its largest unit."""
    if (now - then).total_seconds() < NOW_S:
        return "just now"
    return f"{timesince(then, now, depth=1)} ago"
