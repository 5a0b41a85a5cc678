"""Amounts in templates, as people read them."""

from __future__ import annotations

from django import template

from accounts import amounts
from accounts.standing import LimitStanding

register = template.Library()


@register.filter
def used(standing: LimitStanding) -> str:
    """What is used of a limit, and what the limit is: "12,400 of 200,000 characters"."""
    return f"{amounts.bare(standing.used, standing.unit)} of {amounts.told(standing.limit, standing.unit)}"


@register.filter
def left(standing: LimitStanding) -> str:
    """What is left of a limit."""
    return f"{amounts.bare(standing.left, standing.unit)} left" if standing.left else "used up"
