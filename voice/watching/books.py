"""The books of usage, added up by whatever somebody wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet, Sum

from accounts.models import DailyUsage
from voice.watching.figures import Figures

_SUMS: Final = {field.name: Sum(field.name, default=0) for field in fields(Figures)}


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows are asked for: days from the first to the last, of a provider, a user, a room where they are named."""

    first: date
    last: date
    provider: str = ""
    user: str = ""
    room: str = ""

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def total(question: Question) -> Figures:
    """All of it in one."""
    return Figures(**_rows(question).aggregate(**_SUMS))


def by_day(question: Question) -> dict[date, Figures]:
    """Each day, those without a request too."""
    sums = by(question, "day")
    return {day: sums.get(day, Figures()) for day in question.days}


def by_day_and_provider(question: Question) -> dict[tuple[date, str], Figures]:
    """The days and providers there is anything of."""
    return _added_up(_rows(question), ("day", "provider"))


def by(question: Question, column: str, most: int | None = None) -> dict[Any, Figures]:
    """Sums by ``day``, ``provider``, ``user__username`` or ``room``, the busiest first; ``most`` of them."""
    return {key: figures for (key,), figures in _added_up(_rows(question), (column,), most).items()}


def _added_up(
    rows: QuerySet[DailyUsage], columns: Sequence[str], most: int | None = None
) -> dict[tuple[Any, ...], Figures]:
    names = [*columns, *_SUMS]
    sums = rows.order_by().values_list(*columns).annotate(**_SUMS).order_by("-requests", *columns)[:most]
    asked = [dict(zip(names, row, strict=True)) for row in sums]
    return {tuple(row.pop(column) for column in columns): Figures(**row) for row in asked}


def _rows(question: Question) -> QuerySet[DailyUsage]:
    rows = DailyUsage.objects.filter(day__range=(question.first, question.last))
    named = {"provider": question.provider, "user__username": question.user, "room": question.room}
    return rows.filter(**{column: value for column, value in named.items() if value})
