"""People in the admin: their plan, their trial, and who may change what of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Plan, Spending, User

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=100)


@pytest.fixture
def ada(db: None) -> User:
    plan = Plan.objects.create(name="tried", label="Tried", trial_days=14, trial_messages=10)
    user = User.objects.create_user("ada", "ada@example.com", "analytical", plan=plan, plan_since=LONG_AGO)
    today = timezone.now().date()
    Spending.objects.create(user=user, day=today, month=today.replace(day=1), messages=10)
    return user


@pytest.fixture
def keeper(db: None) -> Client:
    """Staff who may change users, and is no superuser."""
    user = User.objects.create_user("grace", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client = Client()
    client.force_login(user)
    return client


def address(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def start_anew(client: Client, *users: User) -> None:
    chosen = {"action": "start_trial_anew", "_selected_action": [user.pk for user in users]}
    client.post(reverse("admin:accounts_user_changelist"), chosen)


def test_a_trial_is_started_anew_and_the_log_says_by_whom(admin: Client, ada: User) -> None:
    eve = User.objects.create_user("eve", plan=Plan.objects.create(name="unlimited-2"))
    start_anew(admin, ada, eve)
    ada.refresh_from_db()
    assert timezone.now() - ada.plan_since < timedelta(minutes=1)
    assert ada.spending.messages == 0
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.get_change_message(), entry.user.get_username()) == (
        "ada",
        "Started the trial anew.",
        "root",
    )


def test_who_is_put_on_another_plan_begins_it_today(keeper: Client, ada: User) -> None:
    other = Plan.objects.create(name="other", trial_days=3)
    assert keeper.post(address(ada), {"plan": other.pk, "default_voice": ""}).status_code == 302
    ada.refresh_from_db()
    assert ada.plan == other
    assert timezone.now() - ada.plan_since < timedelta(minutes=1)
    assert ada.spending.messages == 0


def test_any_other_change_leaves_the_trial_as_it_is(keeper: Client, ada: User) -> None:
    keeper.post(address(ada), {"plan": ada.plan_id, "default_voice": "local:heart"})
    ada.refresh_from_db()
    assert (ada.default_voice, ada.plan_since) == ("local:heart", LONG_AGO)


@pytest.mark.parametrize(
    "grab",
    [
        {"is_superuser": "on"},
        {"is_staff": "on"},
        {"username": "mallory"},
        {"email": "mallory@example.com"},
        {"password": "x"},
    ],
)
def test_who_is_no_superuser_changes_nothing_that_opens_doors(keeper: Client, ada: User, grab: dict[str, Any]) -> None:
    before = User.objects.filter(pk=ada.pk).values("username", "email", "password", "is_staff", "is_superuser").get()
    keeper.post(address(ada), {"plan": ada.plan_id, "default_voice": "local:heart", **grab})
    assert User.objects.get(pk=ada.pk).default_voice == "local:heart"
    after = User.objects.filter(pk=ada.pk).values("username", "email", "password", "is_staff", "is_superuser").get()
    assert after == before


def test_only_superusers_set_a_password(keeper: Client, admin: Client, ada: User) -> None:
    door = reverse("admin:auth_user_password_change", args=[ada.pk])
    form = {"usable_password": "true", "password1": "long-and-odd-7", "password2": "long-and-odd-7"}
    assert keeper.get(door).status_code == 403
    assert keeper.post(door, form).status_code == 403
    ada.refresh_from_db()
    assert ada.check_password("analytical")
    assert admin.post(door, form).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password("long-and-odd-7")


def test_no_password_is_shown(keeper: Client, admin: Client, ada: User) -> None:
    assert "password" not in keeper.get(address(ada)).content.decode().replace("/admin/password_change/", "")
    assert ada.password not in admin.get(address(ada)).content.decode()


def test_a_user_is_shown_with_bars(admin: Client, ada: User) -> None:
    shown = admin.get(address(ada)).content.decode()
    assert 'aria-label="messages of the trial"' in shown
    assert "Messages of the trial: 10 of 10" in shown


def test_a_user_is_made_with_a_password(admin: Client) -> None:
    form = {"username": "eve", "usable_password": "true", "password1": "long-and-odd-7", "password2": "long-and-odd-7"}
    assert admin.post(reverse("admin:accounts_user_add"), form).status_code == 302
    assert User.objects.get(username="eve").check_password("long-and-odd-7")
