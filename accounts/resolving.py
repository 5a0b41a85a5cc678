"""From a user to an account: what their plan, their quota and the flags come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from accounts.account import Account
from accounts.features import ALL
from accounts.flags import features_of
from accounts.limits import UNLIMITED, Limits
from accounts.models import Plan, Quota, User
from accounts.models.plan import LimitFields


def account_for(user: User) -> Account:
    """The account ``user`` speaks on: three or four queries, for a thread of the database's."""
    plan = plan_of(user)
    quota = Quota.objects.filter(user=user).first()
    limits = _with(_of_plan(plan, user) if plan else UNLIMITED, quota)
    features = features_of(user) & (plan.allowed_features if plan else ALL)
    return Account(user.pk, limits, features, user.default_voice)


def plan_of(user: User) -> Plan | None:
    """The plan ``user`` is on: their own, or the default one; None where there is neither. One query at most."""
    return user.plan or Plan.objects.filter(is_default=True).first()


def limits_of_room(room: str) -> Limits:
    """The limits of ``room``: those of its quota, none without one. One query."""
    return _with(UNLIMITED, Quota.objects.filter(room=room).first())


def _of_plan(plan: Plan, user: User) -> Limits:
    return replace(
        _with(UNLIMITED, plan),
        trial_messages=plan.trial_messages,
        trial_ends_at=None if plan.trial_days is None else user.plan_since + timedelta(days=plan.trial_days),
        providers=frozenset(plan.providers),
    )


def _with(limits: Limits, row: LimitFields | None) -> Limits:
    """``limits``, with those that ``row`` sets in their place."""
    if row is None:
        return limits
    told = {
        "characters_per_day": row.characters_per_day,
        "characters_per_month": row.characters_per_month,
        "milliseconds_per_month": _times(row.voice_minutes_per_month, 60_000),
        "microdollars_per_month": _times(row.money_per_month, 1_000_000),
        "requests_per_minute": row.requests_per_minute,
        "realtime_per_day": row.realtime_per_day,
        "max_characters": row.max_characters,
    }
    return replace(limits, **{name: limit for name, limit in told.items() if limit is not None})  # type: ignore[arg-type]


def _times(amount: Decimal | int | None, factor: int) -> int | None:
    return None if amount is None else int(amount * factor)
