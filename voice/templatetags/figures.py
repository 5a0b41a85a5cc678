"""Figures in the admin's templates."""

from __future__ import annotations

from django import template

from voice.watching import words

register = template.Library()


@register.filter
def told(value: float | None, unit: str) -> str:
    """``value`` in its unit, as people read it."""
    return words.told(value, unit)
