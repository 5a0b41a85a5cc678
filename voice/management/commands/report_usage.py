"""``manage.py report_usage``: what was asked for, what it cost and what the cache saved."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from voice.watching import books
from voice.watching.books import Question
from voice.watching.figures import Figures
from voice.watching.words import told

COLUMNS: Final = {"day": "day", "provider": "provider", "user": "user__username", "room": "room"}

FIGURES: Final[dict[str, tuple[str, Callable[[Figures], float | None]]]] = {
    "requests": ("count", lambda row: row.requests),
    "hits": ("count", lambda row: row.hits),
    "joined": ("count", lambda row: row.joined),
    "failures": ("count", lambda row: row.failures),
    "characters": ("count", lambda row: row.characters),
    "minutes": ("minutes", lambda row: row.minutes),
    "first byte": ("seconds", lambda row: row.ttfb_s),
    "spent": ("dollars", lambda row: row.spent),
    "saved": ("dollars", lambda row: row.saved),
}


class Command(BaseCommand):
    """Adds the books up."""

    help = "Add up usage by day, provider, user or room: this month's, or that of other days (UTC)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which days, by what, and how it is written."""
        parser.add_argument("--first", type=date.fromisoformat, metavar="DAY", help="Like 2026-03-01.")
        parser.add_argument("--last", type=date.fromisoformat, metavar="DAY")
        parser.add_argument("--by", choices=COLUMNS, default="user")
        parser.add_argument("--csv", action="store_true", help="For a spreadsheet; without it, for people.")

    def handle(self, *_args: Any, **options: Any) -> str | None:
        """Write them.

        Raises:
            CommandError: the last day comes before the first.
        """
        today = timezone.now().date()
        question = Question(options["first"] or today.replace(day=1), options["last"] or today)
        if question.last < question.first:
            raise CommandError(f"The last day, {question.last}, comes before the first, {question.first}.")
        by: str = options["by"]
        rows = books.by(question, COLUMNS[by])
        if by == "day":
            rows = dict(sorted(rows.items()))
        if options["csv"]:
            self._as_csv(by, rows)
            return None
        self._as_table(by, {"" if key is None else str(key): row for key, row in rows.items()})
        total = books.total(question)
        return f"{told(total.requests, 'count')} requests from {question.first} to {question.last}."

    def _as_csv(self, by: str, rows: dict[Any, Figures]) -> None:
        lines = csv.writer(self.stdout, lineterminator="\n")
        lines.writerow([by, *FIGURES])
        for key, row in rows.items():
            lines.writerow([key, *[measure(row) for _, measure in FIGURES.values()]])

    def _as_table(self, by: str, rows: dict[str, Figures]) -> None:
        lines = [[by, *FIGURES]]
        lines += [
            [key or "-", *[told(measure(row), unit) for unit, measure in FIGURES.values()]] for key, row in rows.items()
        ]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for first, *rest in lines:
            cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
            self.stdout.write("  ".join([first.ljust(widths[0]), *cells]))
