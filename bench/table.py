"""The one table: what was measured, what it should be, and what it was measured against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

HEADINGS: Final = ("what", "target", "measured", "reference and notes", "")


@dataclass(frozen=True, slots=True)
class Target:
    """A bound that ``unit`` is the unit of."""

    word: Literal["≥", "≤", "="]
    bound: float
    unit: str

    def met_by(self, value: float) -> bool:
        """Whether ``value`` keeps it."""
        return {"≥": value >= self.bound, "≤": value <= self.bound, "=": value == self.bound}[self.word]

    def __str__(self) -> str:
        return f"{self.word} {_number(self.bound)} {self.unit}".strip()


def at_least(bound: float, unit: str) -> Target:
    """More is better."""
    return Target("≥", bound, unit)


def at_most(bound: float, unit: str) -> Target:
    """Less is better."""
    return Target("≤", bound, unit)


def exactly(bound: float, unit: str) -> Target:
    """Anything else is wrong."""
    return Target("=", bound, unit)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``notes`` say what it was measured against."""

    what: str
    target: Target
    measured: float
    notes: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        verdict = "pass" if self.target.met_by(self.measured) else "**miss**"
        return self.what, str(self.target), f"{_number(self.measured)} {self.target.unit}".strip(), self.notes, verdict


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a table that reads well as text, too."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    rule = "|".join(["", *("-" * (width + 2) for width in widths), ""])
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([written[0], rule, *written[1:]])


def _number(value: float) -> str:
    """Three digits that count."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"
