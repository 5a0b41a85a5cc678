"""What each user heard, in the admin."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User, UserAnalytics

pytestmark = pytest.mark.django_db


def analytics(admin: Client, **query: str) -> str:
    return admin.get(reverse("admin:accounts_useranalytics_changelist"), query).content.decode()


@pytest.fixture
def day() -> UserAnalytics:
    user = User.objects.create_user("ada")
    return UserAnalytics.objects.create(
        user=user, day=date(2026, 1, 5), requests=8, hits=6, characters=900, voice_seconds=90
    )


def test_a_day_is_told_in_shares_and_minutes(admin: Client, day: UserAnalytics) -> None:
    listed = analytics(admin)
    assert '<td class="field-hit_rate">75%</td>' in listed
    assert '<td class="field-minutes_heard">1.5</td>' in listed


def test_a_day_without_requests_has_no_share(admin: Client, day: UserAnalytics) -> None:
    UserAnalytics.objects.update(requests=0, hits=0)
    assert '<td class="field-hit_rate">-</td>' in analytics(admin)


def test_days_are_found_by_user(admin: Client, day: UserAnalytics) -> None:
    assert "75%" in analytics(admin, q="ada")
    assert "75%" not in analytics(admin, q="eve")


def test_what_is_counted_cannot_be_changed(admin: Client, day: UserAnalytics) -> None:
    for door in ("change", "delete"):
        address = reverse(f"admin:accounts_useranalytics_{door}", args=[day.pk])
        assert admin.post(address, {"requests": 0, "post": "yes"}).status_code == 403
    assert UserAnalytics.objects.get().requests == 8
