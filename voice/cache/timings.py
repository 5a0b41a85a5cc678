"""When the sentences of a piece of audio are said: worked out once, and kept in its row for as long as that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import structlog
from django.db import DatabaseError

from voice.cache import workers
from voice.cache.index import Entry
from voice.models import TtsCache

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Each sentence's first and last second; ``exact`` if all of them were heard in the audio."""

    spans: Sequence[tuple[float, float]]
    exact: bool

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """What a row holds."""
        return cls([(start_s, end_s) for start_s, end_s in kept["spans"]], kept["exact"])

    @property
    def kept(self) -> dict[str, Any]:
        """What a row is to hold."""
        return {"spans": [(round(start_s, 3), round(end_s, 3)) for start_s, end_s in self.spans], "exact": self.exact}


async def recall(entry: Entry) -> Timing | None:
    """The timing of ``entry``; None when it has yet to be worked out, or cannot be read."""
    try:
        kept = await workers.in_time(_rows(entry).values_list("timing", flat=True).first)
    except (DatabaseError, TimeoutError) as error:
        _failed("recall_timing", entry, error)
        return None
    return Timing.of(kept) if kept else None


async def remember(entry: Entry, timing: Timing) -> None:
    """Keep ``timing`` with ``entry``, unless that was made anew meanwhile."""
    try:
        await workers.run(_rows(entry).update, timing=timing.kept)
    except DatabaseError as error:
        _failed("remember_timing", entry, error)


def _rows(entry: Entry) -> Any:  # a QuerySet
    return TtsCache.objects.filter(key=entry.key, size_bytes=entry.size_bytes, duration_s=entry.duration_s)


def _failed(step: str, entry: Entry, error: Exception) -> None:
    log.warning("cache_failed", step=step, key=entry.key, error=type(error).__name__)
