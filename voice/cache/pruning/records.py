"""Rows that only tell of what was: calls of providers, runs of pruning, references to audio that is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from accounts import settling
from voice.models import AudioReference, ProviderCall, PruningRun, TtsCache

PAGE: Final = 1000


def outdated(now: datetime) -> list[QuerySet[Any]]:
    """Those that are older than TTS_RECORDS_KEPT_DAYS, by table."""
    before = now - timedelta(days=settings.TTS_RECORDS_KEPT_DAYS)
    return [
        ProviderCall.objects.filter(created_at__lt=before).order_by("created_at"),
        PruningRun.objects.filter(began_at__lt=before).order_by("began_at"),
    ]


def dangling() -> QuerySet[AudioReference]:
    """References to audio that is gone; there is one again as soon as it is heard again."""
    return AudioReference.objects.filter(~Exists(TtsCache.objects.filter(key=OuterRef("key"))))


def delete_some(rows: QuerySet[Any]) -> int:
    """Delete some of ``rows``; how many. It blocks."""
    chosen = list(rows.values_list("pk", flat=True)[:PAGE])
    rows.model._default_manager.filter(pk__in=chosen)._raw_delete(rows.db)  # noqa: SLF001  # nothing hangs on them
    return len(chosen)


def delete_dangling(after: int) -> tuple[int, int]:
    """Delete those of the next references after the id ``after`` that dangle: how many, and the last id looked at.

    It blocks. The id is 0 when there were none to look at.
    """
    page = AudioReference.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PAGE]
    last = max(page, default=0)
    chosen = list(dangling().filter(pk__gt=after, pk__lte=last).values_list("pk", flat=True))
    doomed = AudioReference.objects.filter(pk__in=chosen)
    return (doomed._raw_delete(doomed.db) if chosen else 0), last  # noqa: SLF001


def return_what_lapsed(now: datetime) -> int:
    """Return what requests had set aside that nobody settled in time; how many. It blocks."""
    return settling.lapse(now)
