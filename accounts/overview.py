"""What somebody may use, has used and has left, in one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils import timezone

from accounts.features import ALL, Feature
from accounts.limits import Limits
from accounts.models import User, UserAnalytics
from accounts.quota import standing
from accounts.resolving import account_for, plan_of
from accounts.standing import LimitStanding, resets_at


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody asked to hear in a month: ``hits`` of the requests came from the cache."""

    requests: int = 0
    hits: int = 0
    seconds: float = 0.0

    @property
    def minutes(self) -> float:
        """As people count them."""
        return self.seconds / 60


@dataclass(frozen=True, slots=True)
class Overview:
    """A user's plan by its label, what of it is used, and what of the product is not theirs to use."""

    plan: str
    limits: Limits
    standings: list[LimitStanding]
    heard: Heard
    missing: list[Feature]
    trial_is_over: bool


def overview_of(user: User) -> Overview:
    """All of it, as it stands now: some six queries, for a thread of the database's."""
    now, plan, account = timezone.now(), plan_of(user), account_for(user)
    counted = standing(user) + replies_today(user, account.limits, now)
    return Overview(
        plan=str(plan) if plan else "",
        limits=account.limits,
        standings=counted,
        heard=_heard(user, now.date().replace(day=1)),
        missing=sorted(ALL - account.features),
        trial_is_over=_is_over(account.limits, counted, now),
    )


def replies_today(user: User, limits: Limits, now: datetime) -> list[LimitStanding]:
    """How many replies of the assistant were asked for today (UTC), where there is a limit to them."""
    if limits.realtime_per_day is None:
        return []
    today = UserAnalytics.objects.filter(user=user, day=now.date()).first()
    used = today.realtime_requests if today else 0
    return [
        LimitStanding(
            "realtime_per_day", "replies today", used, limits.realtime_per_day, "replies", resets_at("day", now)
        )
    ]


def _heard(user: User, since: date) -> Heard:
    days = UserAnalytics.objects.filter(user=user, day__gte=since)
    total = days.aggregate(requests=Sum("requests"), hits=Sum("hits"), seconds=Sum("voice_seconds"))
    return Heard(**{name: count or 0 for name, count in total.items()})


def _is_over(limits: Limits, counted: list[LimitStanding], now: datetime) -> bool:
    if limits.trial_ends_at is not None and now >= limits.trial_ends_at:
        return True
    return any(one.name == "trial_messages" and not one.left for one in counted)
