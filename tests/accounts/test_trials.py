"""A trial counts from when it begins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Plan, Spending, User
from accounts.trials import begin_anew, is_trial


@pytest.mark.parametrize(
    ("plan", "answer"),
    [(None, False), (Plan(), False), (Plan(trial_days=0), True), (Plan(trial_messages=5), True)],
)
def test_a_plan_with_an_end_of_its_own_is_a_trial(plan: Plan | None, answer: bool) -> None:
    assert is_trial(plan) is answer


@pytest.mark.django_db
def test_days_and_messages_begin_anew_and_what_a_month_allows_does_not() -> None:
    then = timezone.now() - timedelta(days=30)
    user, today = User.objects.create_user("ada", plan_since=then), timezone.now().date()
    Spending.objects.create(user=user, day=today, month=today.replace(day=1), messages=9, month_characters=700)
    begin_anew(user)
    user.refresh_from_db()
    assert timezone.now() - user.plan_since < timedelta(minutes=1)
    assert (user.spending.messages, user.spending.month_characters) == (0, 700)
