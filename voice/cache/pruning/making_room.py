"""What a process that has written much lets go."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from voice.cache import workers
from voice.cache.pruning import leaving
from voice.cache.pruning.letting_go import let_all_go
from voice.models import TtsCache

log = structlog.get_logger(__name__)


async def make_room() -> None:
    """Let go what has expired, then what was unheard longest until the rest fits TTS_CACHE_MAX_BYTES.

    Raises:
        DatabaseError: the index failed half-way; the next write goes on from there.
    """
    await _let_all_go(leaving.overdue(timezone.now()), "expired")
    surplus = await workers.run(leaving.surplus, TtsCache.objects.all(), settings.TTS_CACHE_MAX_BYTES)
    await _let_all_go(surplus, "least recently used")


async def _let_all_go(which: QuerySet[TtsCache], why: str) -> None:
    gone = await let_all_go(which)
    if gone.entries:
        log.info("cache_made_room", why=why, entries=gone.entries, bytes=gone.size_bytes)
