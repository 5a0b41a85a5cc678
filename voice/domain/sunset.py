"""The day a vendor switches something off, seen from another day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

NOTICE: Final = timedelta(days=60)
"""How long before that day it is warned of."""


def is_over(sunset_on: date | None, today: date) -> bool:
    """Whether the day has come."""
    return sunset_on is not None and sunset_on <= today


def ends_soon(sunset_on: date | None, today: date) -> bool:
    """Whether the day is near, or has come."""
    return sunset_on is not None and sunset_on <= today + NOTICE
