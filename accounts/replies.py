"""Replies of the assistant, as the day's ``UserAnalytics`` counts them. All of it blocks."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from accounts.models import UserAnalytics


def replies_on(day: date, user_id: int) -> int:
    """How many there were."""
    found = UserAnalytics.objects.filter(day=day, user_id=user_id).values_list("realtime_requests", flat=True).first()
    return found or 0


@transaction.atomic
def count_reply_on(day: date, user_id: int, limit: int) -> int:
    """How many there were before this one; it is counted if there may be more: a crowd cannot race the limit."""
    UserAnalytics.objects.get_or_create(day=day, user_id=user_id)
    row = UserAnalytics.objects.filter(day=day, user_id=user_id)
    counted = row.filter(realtime_requests__lt=limit).update(realtime_requests=F("realtime_requests") + 1)
    return replies_on(day, user_id) - counted
