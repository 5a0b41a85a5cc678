"""One look says what somebody may use, has used, and has left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Plan, Spending, User, UserAnalytics
from accounts.overview import Heard, overview_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada")


def plan(**limits: object) -> Plan:
    return Plan.objects.create(name="small", label="Small", **limits)


def test_who_has_no_plan_has_the_default_one(ada: User) -> None:
    Plan.objects.update_or_create(name="standard", defaults={"label": "Standard", "is_default": True})
    assert overview_of(ada).plan == "Standard"
    Plan.objects.update(is_default=False)
    assert (overview_of(ada).plan, overview_of(ada).standings) == ("", [])


def test_each_limit_is_told_with_what_is_used_of_it(ada: User) -> None:
    ada.plan = plan(characters_per_day=1000, realtime_per_day=20)
    today = timezone.now().date()
    Spending.objects.create(user=ada, day=today, month=today.replace(day=1), day_characters=250)
    UserAnalytics.objects.create(user=ada, day=today, realtime_requests=5)
    told = {one.name: (one.used, one.left) for one in overview_of(ada).standings}
    assert told == {"characters_per_day": (250, 750), "realtime_per_day": (5, 15)}


def test_what_was_heard_is_added_up_since_the_month_began(ada: User) -> None:
    first = timezone.now().date().replace(day=1)
    for day, requests in ((first, 3), (first - timedelta(days=1), 100)):
        UserAnalytics.objects.create(user=ada, day=day, requests=requests, hits=1, voice_seconds=90)
    assert overview_of(ada).heard == Heard(requests=3, hits=1, seconds=90)
    assert overview_of(ada).heard.minutes == 1.5


def test_what_a_plan_leaves_out_is_named(ada: User) -> None:
    ada.plan = plan(features=["speech", "streaming", "prefetch", "realtime", "collaborative"])
    assert overview_of(ada).missing == ["export", "transcription"]


def test_a_trial_ends_with_its_days_or_its_messages(ada: User) -> None:
    ada.plan = plan(trial_days=14, trial_messages=2)
    assert not overview_of(ada).trial_is_over
    ada.plan_since = timezone.now() - timedelta(days=15)
    assert overview_of(ada).trial_is_over
    ada.plan_since = timezone.now()
    today = timezone.now().date()
    Spending.objects.create(user=ada, day=today, month=today.replace(day=1), messages=2)
    assert overview_of(ada).trial_is_over
