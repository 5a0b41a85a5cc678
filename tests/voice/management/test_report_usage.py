from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import DailyUsage, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books() -> None:
    ada = User.objects.create_user("ada")
    for day, requests in ((1, 10), (2, 20), (31, 40)):
        DailyUsage.objects.create(
            day=date(2026, 3, day), user=ada, room="attic", provider="openai", requests=requests, hits=5
        )
    DailyUsage.objects.create(
        day=date(2026, 3, 1), provider="azure", requests=3, cost_microdollars=1_500_000, voice_seconds=90
    )
    DailyUsage.objects.create(day=date(2026, 4, 1), user=ada, requests=1_000)


def report(*arguments: str) -> str:
    out = StringIO()
    call_command("report_usage", "--first=2026-03-01", "--last=2026-03-31", *arguments, stdout=out)
    return out.getvalue()


def test_it_adds_up_by_user_for_people_to_read() -> None:
    heads, ada, nobody, total = report().splitlines()
    assert heads.split()[:3] == ["user", "requests", "hits"]
    assert ada.split()[:3] == ["ada", "70", "15"]
    assert nobody.split() == ["-", "3", "0", "0", "0", "0", "1.5", "0.000", "s", "$1.50", "$0.00"]
    assert total == "73 requests from 2026-03-01 to 2026-03-31."
    assert len({len(line) for line in (heads, ada, nobody)}) == 1


def test_days_come_in_their_order() -> None:
    days = [line.split()[0] for line in report("--by=day").splitlines()[1:-1]]
    assert days == ["2026-03-01", "2026-03-02", "2026-03-31"]


@pytest.mark.parametrize(("by", "first"), [("provider", "openai"), ("room", "attic"), ("user", "ada")])
def test_a_spreadsheet_reads_it_too(by: str, first: str) -> None:
    rows = list(csv.DictReader(StringIO(report(f"--by={by}", "--csv"))))
    assert (rows[0][by], rows[0]["requests"], rows[0]["hits"]) == (first, "70", "15")
    assert (rows[1]["spent"], rows[1]["minutes"]) == ("1.5", "1.5")


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(CommandError, match="comes before the first"):
        report("--last=2026-02-01")


def test_without_days_it_is_about_this_month() -> None:
    out = StringIO()
    call_command("report_usage", stdout=out)
    assert f"from {timezone.now():%Y-%m}-01" in out.getvalue()
