"""Whether the cache is pruned as regularly as it should be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from voice.models import PruningRun, TtsCache

AT_LEAST_EVERY: Final = timedelta(days=1)

KILLED_AFTER: Final = timedelta(hours=1)
"""A run takes a minute for 100,000 entries. One that has not ended after this has been killed."""


def is_neglected(now: datetime) -> bool:
    """Whether no run has come to a good end within a day, though there was something to look at. It blocks."""
    since = now - AT_LEAST_EVERY
    if not TtsCache.objects.filter(created_at__lt=since).exists():
        return False
    return not PruningRun.objects.filter(ended_at__gt=since, error="").exists()
