"""Amounts of what is limited, as people read them."""

from __future__ import annotations


def told(amount: float, unit: str) -> str:
    """``amount`` with its ``unit``: "12,400 characters", "3.5 minutes", "$1.20"."""
    if unit == "USD":
        return f"${amount:,.2f}"
    if unit == "minutes":
        return f"{amount:,.1f}".removesuffix(".0") + " minutes"
    return f"{amount:,.0f} {unit}"


def bare(amount: float, unit: str) -> str:
    """The same without the unit's word, for where it stands already: "12,400", "3.5", "$1.20"."""
    return told(amount, unit).partition(" ")[0]
