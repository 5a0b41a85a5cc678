"""The dashboard: what is on it, for whom, and for which days."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import DailyUsage, User
from voice.models import ProviderCall

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def books() -> None:
    ada = User.objects.create_user("ada")
    made: dict[str, Any] = {"requests": 8, "hits": 5, "failures": 1, "voice_seconds": 90, "ttfb_seconds": 1.0}
    DailyUsage.objects.create(day=TODAY, user=ada, room="attic", provider="openai", cost_microdollars=2_500_000, **made)
    DailyUsage.objects.create(day=TODAY, user=None, provider="azure", requests=2, saved_microdollars=40)
    DailyUsage.objects.create(day=TODAY - timedelta(days=40), user=ada, provider="openai", requests=1_000)


def page(admin: Client, **query: str) -> str:
    response = admin.get(reverse("speech-dashboard"), query)
    assert response.status_code == 200
    return response.content.decode()


def totals(shown: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", shown))


def drawn(shown: str, chart: str) -> dict[str, list[float | None]]:
    data = re.search(rf'<script id="{chart}-data" type="application/json">(.+?)</script>', shown)
    assert data
    return {line["label"]: line["values"] for line in json.loads(data[1])["lines"]}


@pytest.mark.usefixtures("books")
def test_it_adds_up_the_last_thirty_days(admin: Client) -> None:
    assert totals(page(admin)) == {
        "Requests": "10",
        "From the cache": "50.0%",
        "First byte": "0.250 s",
        "Failures": "1",
        "Voice minutes": "1.5",
        "Spent": "$2.50",
        "Saved": "$0.000040",
    }


@pytest.mark.usefixtures("books")
def test_it_adds_up_whatever_days_are_asked_for(admin: Client) -> None:
    long_ago = (TODAY - timedelta(days=60)).isoformat()
    assert totals(page(admin, first=long_ago))["Requests"] == "1,010"
    assert totals(page(admin, first=long_ago, last=(TODAY - timedelta(days=1)).isoformat()))["Requests"] == "1,000"


@pytest.mark.parametrize(
    ("asked", "requests"),
    [
        ({"provider": "azure"}, "2"),
        ({"user": "ada"}, "8"),
        ({"room": "attic"}, "8"),
        ({"user": "ada ", "room": ""}, "8"),
    ],
)
@pytest.mark.usefixtures("books")
def test_it_shows_one_provider_user_or_room(admin: Client, asked: dict[str, str], requests: str) -> None:
    assert totals(page(admin, **asked))["Requests"] == requests


@pytest.mark.usefixtures("books")
def test_every_chart_has_a_line_a_day_and_a_table_that_tells_the_same(admin: Client) -> None:
    shown = page(admin)
    assert drawn(shown, "requests")["from the cache"][-2:] == [0, 5]
    assert len(drawn(shown, "requests")["all"]) == 30
    assert drawn(shown, "failures") == {"azure": [0] * 30, "openai": [0] * 29 + [1]}
    assert drawn(shown, "first-byte")["openai"][-2:] == [None, 0.5]
    assert drawn(shown, "money")["spent"][-1] == 2.5
    assert shown.count("<usage-chart") == shown.count("as a table</summary>") == 6
    assert f'<th scope="row">{TODAY}</th><td>10</td><td>5</td><td>0</td>' in shown


@pytest.mark.usefixtures("books")
def test_each_line_of_a_table_leads_to_itself_alone(admin: Client) -> None:
    shown = page(admin, provider="openai")
    assert '<a href="?provider=openai&amp;user=ada">ada</a>' in shown
    assert '<a href="?provider=openai&amp;room=attic">attic</a>' in shown
    assert "somebody who is gone" in page(admin)


@pytest.mark.usefixtures("books")
def test_calls_of_providers_show_what_a_fallback_made_good(admin: Client) -> None:
    for outcome in ("spoke", "failed", "broken", "cancelled"):
        ProviderCall.objects.create(
            created_at=timezone.now(), provider="playht", characters=1, duration_s=1, outcome=outcome, cost="0.5"
        )
    row = re.search(r'<th scope="row">playht</th>(.+?)</tr>', page(admin), re.DOTALL)
    assert row
    assert re.findall(r"<td>(.+?)</td>", row[1]) == ["4", "1", "1", "66.7%", "–", "$2.00"]  # noqa: RUF001
    assert "playht" not in page(admin, user="ada")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"first": "2026-02-30"}, "Enter a valid date"),
        ({"first": "2026-03-02", "last": "2026-03-01"}, "The first day comes before the last"),
        ({"first": "1926-01-01"}, "by 730 days at most"),
        ({"provider": "gramophone"}, "Select a valid choice"),
    ],
)
@pytest.mark.usefixtures("books")
def test_what_makes_no_sense_is_said_beside_the_last_days(admin: Client, asked: dict[str, str], told: str) -> None:
    shown = page(admin, **asked)
    assert told in shown
    assert totals(shown)["Requests"] == "10"


def test_before_anybody_has_listened_it_says_what_will_be_there(admin: Client) -> None:
    shown = page(admin)
    assert "Nobody has listened yet." in shown
    assert "<usage-chart" not in shown


@pytest.mark.usefixtures("books")
def test_days_without_a_request_lead_back_to_others(admin: Client) -> None:
    assert "Nothing was asked for in these days." in page(admin, first="2020-01-01", last="2020-01-02")


def test_it_is_for_those_who_may_see_usage() -> None:
    somebody = User.objects.create_user("eve", is_staff=True)
    client = Client()
    assert client.get(reverse("speech-dashboard")).status_code == 302
    client.force_login(somebody)
    assert client.get(reverse("speech-dashboard")).status_code == 403
    assert reverse("speech-dashboard") not in client.get(reverse("admin:index")).content.decode()
    somebody.user_permissions.add(Permission.objects.get(codename="view_dailyusage"))
    assert client.get(reverse("speech-dashboard")).status_code == 200
    assert reverse("speech-dashboard") in client.get(reverse("admin:index")).content.decode()
