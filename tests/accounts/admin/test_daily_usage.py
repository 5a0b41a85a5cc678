"""The rows the dashboard adds up, in the admin."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import DailyUsage, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> DailyUsage:
    return DailyUsage.objects.create(
        day=date(2026, 1, 5),
        user=User.objects.create_user("ada"),
        room="attic",
        provider="openai",
        requests=8,
        cost_microdollars=1_500_000,
        saved_microdollars=165,
    )


def listed(admin: Client, **query: str) -> str:
    return admin.get(reverse("admin:accounts_dailyusage_changelist"), query).content.decode()


def test_a_row_tells_what_was_spent_and_saved(admin: Client, row: DailyUsage) -> None:
    shown = listed(admin)
    assert '<td class="field-spent">1.500000</td>' in shown
    assert '<td class="field-saved">0.000165</td>' in shown


def test_rows_are_found_by_user_and_by_room(admin: Client, row: DailyUsage) -> None:
    assert "1.500000" in listed(admin, q="ada")
    assert "1.500000" in listed(admin, q="attic")
    assert "1.500000" not in listed(admin, q="eve")


def test_no_money_leaves_the_books(admin: Client, row: DailyUsage) -> None:
    for door in ("change", "delete"):
        address = reverse(f"admin:accounts_dailyusage_{door}", args=[row.pk])
        assert admin.post(address, {"cost_microdollars": 0, "post": "yes"}).status_code == 403
    assert admin.get(reverse("admin:accounts_dailyusage_add")).status_code == 403
    assert DailyUsage.objects.get().cost_microdollars == 1_500_000


def test_before_the_first_one_it_is_said_what_will_be_there(admin: Client) -> None:
    assert "Nobody has listened yet." in listed(admin)
