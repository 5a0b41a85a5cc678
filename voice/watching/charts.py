"""Charts as values: what is drawn, and told in a table to who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias

from voice.watching import books
from voice.watching.books import Question
from voice.watching.figures import Figures

Measure: TypeAlias = Callable[[Figures], float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value a day, None where there is none."""

    label: str
    values: list[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over the same days. ``unit`` is ``count``, ``share``, ``seconds``, ``minutes`` or ``dollars``."""

    name: str
    title: str
    unit: str
    days: list[date]
    series: list[Series]

    @property
    def data_id(self) -> str:
        """The id of the element that holds what is drawn."""
        return f"{self.name}-data"

    @property
    def rows(self) -> list[tuple[date, list[float | None]]]:
        """The same as a table: a row for each day there is anything of, the newest first."""
        values = zip(*[one.values for one in self.series], strict=True)
        told = [(day, list(row)) for day, row in zip(self.days, values, strict=True)]
        return [(day, row) for day, row in reversed(told) if any(row)]

    @property
    def drawn(self) -> dict[str, Any]:
        """What the script draws: days in seconds since 1970, and the lines."""
        days = [datetime.combine(day, time(), UTC).timestamp() for day in self.days]
        lines = [{"label": one.label, "values": one.values} for one in self.series]
        return {"unit": self.unit, "days": days, "lines": lines}


def charts(question: Question) -> list[Chart]:
    """Everything that is drawn by day."""
    days = books.by_day(question)
    providers = books.by_day_and_provider(question)

    def overall(name: str, title: str, unit: str, **lines: Measure) -> Chart:
        series = [Series(label.replace("_", " "), _measured(days.values(), line)) for label, line in lines.items()]
        return Chart(name, title, unit, question.days, series)

    def each(name: str, title: str, unit: str, measure: Measure) -> Chart:
        return Chart(name, title, unit, question.days, _by_provider(question, providers, measure))

    return [
        overall(
            "requests",
            "Requests",
            "count",
            all=lambda day: day.requests,
            from_the_cache=lambda day: day.hits,
            joined=lambda day: day.joined,
        ),
        overall("hit-rate", "From the cache", "share", hit_rate=lambda day: day.hit_rate),
        each("first-byte", "Time to first byte, by provider", "seconds", lambda day: day.ttfb_s),
        each("failures", "Failures, by provider", "count", lambda day: day.failures),
        overall("minutes", "Voice minutes", "minutes", heard=lambda day: day.minutes),
        overall("money", "Money", "dollars", spent=lambda day: day.spent, saved=lambda day: day.saved),
    ]


def _measured(figures: Iterable[Figures], measure: Measure) -> list[float | None]:
    return [measure(one) for one in figures]


def _by_provider(question: Question, figures: Mapping[tuple[date, str], Figures], measure: Measure) -> list[Series]:
    """A line for each provider, in the order of their names; nobody's is called so."""
    providers = sorted({provider for _, provider in figures})
    return [
        Series(provider or "nobody", [measure(figures.get((day, provider), Figures())) for day in question.days])
        for provider in providers
    ]
