"""Trials: when one begins."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import Plan, Spending, User


def is_trial(plan: Plan | None) -> bool:
    """Whether ``plan`` ends by itself."""
    return plan is not None and (plan.trial_days is not None or plan.trial_messages is not None)


@transaction.atomic
def begin_anew(user: User) -> None:
    """Count the days and the messages of the plan ``user`` is on from now on; what a day or a month allows stays."""
    user.plan_since = timezone.now()
    user.save(update_fields=["plan_since"])
    Spending.objects.filter(user=user).update(messages=0)
