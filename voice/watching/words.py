"""Figures as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final


def dollars(value: float) -> str:
    """Dollars and cents; of less than a cent, as much as says something."""
    return f"${value:,.2f}" if value == 0 or value >= 0.01 else f"${value:.6f}"  # noqa: PLR2004  # a cent


_WRITTEN: Final[Mapping[str, Callable[[float], str]]] = {
    "count": "{:,.0f}".format,
    "share": "{:.1%}".format,
    "seconds": "{:.3f} s".format,
    "minutes": "{:,.1f}".format,
    "dollars": dollars,
}


def told(value: float | None, unit: str) -> str:
    """``value`` in a unit of ``charts``; a dash where there is none."""
    return "–" if value is None else _WRITTEN[unit](value)  # noqa: RUF001  # a dash, not a minus
