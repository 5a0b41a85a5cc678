"""A model's last day, as the admin tells of it."""

from __future__ import annotations

from datetime import date

from voice.domain.sunset import ends_soon, is_over


def last_day(sunset_on: date | None, today: date) -> str | None:
    """The day, with a warning when it is near; None when there is none."""
    if sunset_on is None:
        return None
    if is_over(sunset_on, today):
        return f"over since {sunset_on}"
    days = (sunset_on - today).days
    return f"{sunset_on}: in {days} days" if ends_soon(sunset_on, today) else str(sunset_on)
