"""How a user or a room stands: what is used of each limit, and when it starts anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal

from accounts.limits import Amount, Limits
from accounts.models import Spending

Period = Literal["day", "month"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A limit that is counted against: where its count stands, and how people read it (``per_unit`` of it are one)."""

    name: str
    label: str
    period: Period | None
    part: str
    unit: str
    per_unit: int = 1


MEASURES: Final = (
    Measure("characters_per_day", "characters today", "day", "characters", "characters"),
    Measure("characters_per_month", "characters this month", "month", "characters", "characters"),
    Measure("milliseconds_per_month", "voice minutes this month", "month", "milliseconds", "minutes", 60_000),
    Measure("microdollars_per_month", "money this month", "month", "microdollars", "USD", 1_000_000),
    Measure("trial_messages", "messages of the trial", None, "messages", "messages"),
)


@dataclass(frozen=True, slots=True)
class LimitStanding:
    """One limit: how much of it is used, in its ``unit``. It starts anew at ``resets_at``; None: never."""

    name: str
    label: str
    used: float
    limit: float
    unit: str
    resets_at: datetime | None

    @property
    def left(self) -> float:
        """What may still be used."""
        return max(0.0, self.limit - self.used)

    @property
    def share(self) -> float:
        """How much of it is used, from 0 to 1."""
        return min(1.0, self.used / self.limit) if self.limit else 1.0


def standings(limits: Limits, spending: Spending | None, now: datetime) -> list[LimitStanding]:
    """Every limit there is, as it stands at ``now``."""
    return [_standing(each, limits, spending, now) for each in MEASURES if getattr(limits, each.name) is not None]


def exhausted(limits: Limits, spending: Spending | None, asked: Amount, now: datetime) -> LimitStanding | None:
    """The first limit that ``asked`` would go beyond."""
    for measure in MEASURES:
        limit = getattr(limits, measure.name)
        more = 1 if measure.part == "messages" else getattr(asked, measure.part)
        if limit is not None and _count(measure, spending, now) + more > limit:
            return _standing(measure, limits, spending, now)
    return None


def resets_at(period: Period, now: datetime) -> datetime:
    """When the day or the month of ``now`` (UTC) is over."""
    today = now.astimezone(UTC).date()
    first = today + timedelta(days=1) if period == "day" else (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    return datetime.combine(first, time(), UTC)


def _standing(measure: Measure, limits: Limits, spending: Spending | None, now: datetime) -> LimitStanding:
    return LimitStanding(
        measure.name,
        measure.label,
        _count(measure, spending, now) / measure.per_unit,
        getattr(limits, measure.name) / measure.per_unit,
        measure.unit,
        resets_at(measure.period, now) if measure.period else None,
    )


def _count(measure: Measure, spending: Spending | None, now: datetime) -> int:
    """What stands in ``spending``: nothing, when the day or the month it is of is over."""
    if spending is None:
        return 0
    today = now.astimezone(UTC).date()
    current = {"day": spending.day == today, "month": spending.month == today.replace(day=1), None: True}
    column = f"{measure.period}_{measure.part}" if measure.period else measure.part
    return int(getattr(spending, column)) if current[measure.period] else 0
