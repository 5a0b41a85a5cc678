"""Which entries have to go: each a question to the index, the same for whoever asks it, and however often."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum, Window

from voice.models import AudioReference, TtsCache


def overdue(now: datetime, older_than: timedelta | None = None) -> QuerySet[TtsCache]:
    """Those whose time is over, and those that were made longer ago than ``older_than``; the oldest first."""
    return TtsCache.objects.filter(_over(now, older_than)).order_by("expires_at")


def staying(now: datetime, older_than: timedelta | None = None) -> QuerySet[TtsCache]:
    """All the others."""
    return TtsCache.objects.exclude(_over(now, older_than))


def surplus(among: QuerySet[TtsCache], cap_bytes: int) -> QuerySet[TtsCache]:
    """Those of ``among`` to let go, the longest unheard first, so that what was heard last fits ``cap_bytes``.

    It is a moment that divides them, not an amount: several who let go at once, or one who goes on where another was
    killed, let go the same. It reads the whole index, once, and blocks meanwhile.
    """
    if (among.aggregate(total=Sum("size_bytes"))["total"] or 0) <= cap_bytes:
        return TtsCache.objects.none()
    so_far = Window(Sum("size_bytes"), order_by=[F("last_accessed_at").desc(), F("key").desc()])
    too_many = among.annotate(so_far=so_far).filter(so_far__gt=cap_bytes).order_by("-last_accessed_at", "-key")
    newest = too_many.values_list("last_accessed_at", "key").first()
    if newest is None:  # others have let go meanwhile
        return TtsCache.objects.none()
    last_heard_at, key = newest
    until_then = among.filter(last_accessed_at__lte=last_heard_at)
    return until_then.exclude(last_accessed_at=last_heard_at, key__gt=key).order_by("last_accessed_at")


def unreferenced(keys: list[str]) -> QuerySet[TtsCache]:
    """Those of ``keys`` that nobody refers to any longer."""
    references = AudioReference.objects.filter(key=OuterRef("key"))
    return TtsCache.objects.filter(~Exists(references), key__in=keys)


def _over(now: datetime, older_than: timedelta | None) -> Q:
    over = Q(expires_at__lte=now)
    return over if older_than is None else over | Q(created_at__lte=now - older_than)
