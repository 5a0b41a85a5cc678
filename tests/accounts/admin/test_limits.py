"""Plans, quotas and what is spent, in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Plan, Quota, Reservation, Spending, User
from accounts.resolving import account_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada", plan=Plan.objects.create(name="small", label="Small"))


def page(admin: Client, name: str, *args: object) -> str:
    response = admin.get(reverse(f"admin:accounts_{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def send(admin: Client, door: str, *args: object, **form: Any) -> str:
    """Fill in a form; the page that came back, empty when it was taken."""
    response = admin.post(reverse(f"admin:accounts_{door}", args=args), form)
    assert response.status_code in (200, 302)
    return response.content.decode()


def spend(user: User | None = None, room: str | None = None, **counts: int) -> Spending:
    today = timezone.now().date()
    return Spending.objects.create(user=user, room=room, day=today, month=today.replace(day=1), **counts)


def test_a_quota_is_given_and_shown_with_bars_of_what_is_used(admin: Client, ada: User) -> None:
    assert send(admin, "quota_add", user=ada.pk, characters_per_day="1000", money_per_month="2.50") == ""
    spend(ada, day_characters=250, month_microdollars=2_000_000)
    for shown in (page(admin, "quota_changelist"), page(admin, "quota_change", Quota.objects.get().pk)):
        assert (
            '<meter min="0" max="1" low="0" high="0.8" optimum="0" value="0.2500" aria-label="characters today">'
            in shown
        )
        assert "Characters today: 250 of 1,000" in shown
        assert "Money this month: $2.00 of $2.50" in shown


def test_a_quota_is_what_counts_from_then_on(admin: Client, ada: User) -> None:
    send(admin, "quota_add", user=ada.pk, characters_per_day="1000")
    assert account_for(ada).limits.characters_per_day == 1000
    send(admin, "quota_change", Quota.objects.get().pk, characters_per_day="7")
    assert account_for(ada).limits.characters_per_day == 7


def test_a_room_has_a_quota_and_bars_of_its_own(admin: Client) -> None:
    assert send(admin, "quota_add", room="the-kitchen", characters_per_month="400") == ""
    spend(room="the-kitchen", month_characters=100)
    shown = page(admin, "quota_changelist")
    assert "room the-kitchen" in shown
    assert "Characters this month: 100 of 400" in shown


def test_a_quota_is_a_users_or_a_rooms(admin: Client, ada: User) -> None:
    for whose in ({}, {"user": ada.pk, "room": "the-kitchen"}):
        assert "fill in one of the two" in send(admin, "quota_add", characters_per_day="1", **whose)


def test_a_plan_takes_its_features_and_providers_from_lists(admin: Client) -> None:
    form = {"name": "tiny", "label": "Tiny", "features": ["speech"], "providers": ["local"], "characters_per_day": "9"}
    assert send(admin, "plan_add", **form) == ""
    plan = Plan.objects.get(name="tiny")
    assert (plan.features, plan.providers, plan.characters_per_day) == (["speech"], ["local"], 9)
    assert "Select a valid choice" in send(admin, "plan_add", name="x", label="X", providers=["nobody"])


def test_a_provider_that_has_left_the_chain_stays_in_its_plans(admin: Client, ada: User) -> None:
    Plan.objects.filter(name="small").update(providers=["polly"])
    assert 'value="polly"' in page(admin, "plan_change", Plan.objects.get(name="small").pk)


def test_there_is_one_default_plan(admin: Client) -> None:
    Plan.objects.update_or_create(name="standard", defaults={"is_default": True})
    assert "There is a default plan already" in send(admin, "plan_add", name="x", label="X", is_default="on")


def test_a_room_takes_no_limit_that_is_counted_by_user_alone(admin: Client) -> None:
    assert "counted by user" in send(admin, "quota_add", room="attic", realtime_per_day="3")
    assert send(admin, "quota_add", room="attic", requests_per_minute="3") == ""


def test_what_is_spent_is_told_in_units_people_bill(admin: Client, ada: User) -> None:
    spending = spend(ada, month_milliseconds=90_000, month_microdollars=1_230_000)
    Reservation.objects.create(
        permit="7",
        spending=spending,
        day=spending.day,
        month=spending.month,
        characters=1,
        milliseconds=1,
        microdollars=1,
        expires_at=timezone.now(),
    )
    shown = page(admin, "spending_changelist")
    assert '<td class="field-minutes">1.5</td>' in shown
    assert '<td class="field-money">$1.23</td>' in shown
    assert '<td class="field-set_aside">1</td>' in shown


def test_an_admin_can_be_deleted_though_the_log_names_them(admin: Client) -> None:
    grace = User.objects.create_superuser("grace")
    LogEntry.objects.create(user=grace, object_repr="quota of ada", action_flag=1)
    assert send(admin, "user_delete", grace.pk, post="yes") == ""
    assert not User.objects.filter(pk=grace.pk).exists()


def test_who_did_what_is_listed(admin: Client, ada: User) -> None:
    send(admin, "quota_add", user=ada.pk, characters_per_day="1000")
    assert LogEntry.objects.get().get_change_message() == "Added."
    listed = admin.get(reverse("admin:admin_logentry_changelist")).content.decode()
    assert "quota of ada" in listed
    assert '<td class="field-user nowrap">root</td>' in listed
