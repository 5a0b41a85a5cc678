"""Thresholds in the admin."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from voice.models import Alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def sent(admin: Client, alert: Alert | None = None, **fields: str) -> str:
    """What the form complains of."""
    form = {"kind": "error_rate", "threshold": "20", "window_minutes": "60", "recipients": "", "enabled": "on"}
    door = reverse("admin:voice_alert_change", args=[alert.pk]) if alert else reverse("admin:voice_alert_add")
    answer = admin.post(door, form | fields)
    return (
        ""
        if answer.status_code == 302
        else " ".join(re.findall(r'<ul class="errorlist".*?>(.+?)</ul>', answer.content.decode()))
    )


def listed(admin: Client) -> str:
    return admin.get(reverse("admin:voice_alert_changelist")).content.decode()


def test_a_threshold_is_added_with_who_is_to_hear_of_it(admin: Client) -> None:
    assert sent(admin, recipients=" ada@example.com,grace@example.com ,") == ""
    alert = Alert.objects.get()
    assert (alert.kind, alert.threshold, alert.recipients) == ("error_rate", 20, "ada@example.com, grace@example.com")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"recipients": "ada@example.com, eve"}, "eve is no mail address."),
        ({"threshold": "-1"}, "greater than or equal to 0"),
        ({"threshold": ""}, "This field is required"),
        ({"kind": "mood"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused(admin: Client, fields: dict[str, str], told: str) -> None:
    assert told in sent(admin, None, **fields)
    assert not Alert.objects.exists()


def test_its_state_is_told(admin: Client) -> None:
    alert = Alert.objects.create(kind="budget", threshold=5)
    assert "nobody has looked yet" in listed(admin)
    Alert.objects.update(checked_at=timezone.now())
    assert "all is well" in listed(admin)
    Alert.objects.update(crossed_at="2026-03-01T12:00:00Z")
    assert "crossed since 2026-03-01 12:00" in listed(admin)
    assert "crossed since" in admin.get(reverse("admin:voice_alert_change", args=[alert.pk])).content.decode()


def test_one_that_is_about_something_else_begins_anew(admin: Client) -> None:
    now = timezone.now()
    alert = Alert.objects.create(kind="budget", threshold=5, crossed_at=now, checked_at=now, last_value=7)
    assert sent(admin, alert, kind="budget", threshold="6") == ""
    assert Alert.objects.get().crossed_at == now
    assert sent(admin, alert, kind="storage", threshold="90") == ""
    assert Alert.objects.values_list("crossed_at", "checked_at", "last_value").get() == (None, None, None)


def test_before_the_first_one_it_is_said_what_they_are_for(admin: Client) -> None:
    assert "have cron run manage.py send_alerts" in listed(admin)
