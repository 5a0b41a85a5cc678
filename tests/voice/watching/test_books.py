"""The books of usage, by whatever somebody wants to know."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import DailyUsage, User
from voice.watching import books
from voice.watching.books import Question
from voice.watching.figures import Figures

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)
WEEK = Question(MONDAY, MONDAY + timedelta(days=6))


def used(days: int, user: User | None, room: str, provider: str, **counts: float) -> None:
    DailyUsage.objects.create(day=MONDAY + timedelta(days=days), user=user, room=room, provider=provider, **counts)


@pytest.fixture(autouse=True)
def week() -> None:
    ada, eve = User.objects.create_user("ada"), User.objects.create_user("eve")
    used(0, ada, "", "openai", requests=10, hits=4, joined=1, failures=1, ttfb_seconds=2.0, cost_microdollars=1_500_000)
    used(0, eve, "attic", "openai", requests=2, hits=2, voice_seconds=90.0, saved_microdollars=250_000)
    used(3, ada, "attic", "azure", requests=4)
    used(6, None, "", "", requests=1, failures=1)
    used(7, ada, "", "openai", requests=100)
    used(-1, ada, "", "openai", requests=100)


def requests(sums: dict[object, Figures]) -> dict[object, int]:
    return {key: figures.requests for key, figures in sums.items()}


def test_all_of_it_is_the_sum_of_the_days_asked_for() -> None:
    total = books.total(WEEK)
    assert (total.requests, total.hits, total.failures) == (17, 6, 2)
    assert (total.spent, total.saved, total.minutes) == (1.5, 0.25, 1.5)


def test_each_day_is_there_whether_or_not_anything_was_asked_for() -> None:
    days = books.by_day(WEEK)
    assert list(days) == WEEK.days
    assert [figures.requests for figures in days.values()] == [12, 0, 0, 4, 0, 0, 1]


def test_by_provider_by_user_and_by_room_the_busiest_come_first() -> None:
    assert list(requests(books.by(WEEK, "provider")).items()) == [("openai", 12), ("azure", 4), ("", 1)]
    assert list(requests(books.by(WEEK, "user__username")).items()) == [("ada", 14), ("eve", 2), (None, 1)]
    assert list(requests(books.by(WEEK, "room")).items()) == [("", 11), ("attic", 6)]
    assert list(books.by(WEEK, "provider", 1)) == ["openai"]


def test_what_is_asked_for_may_be_a_part() -> None:
    attic = Question(WEEK.first, WEEK.last, room="attic")
    assert books.total(attic).requests == 6
    assert books.total(Question(WEEK.first, WEEK.last, user="ada", room="attic", provider="azure")).requests == 4
    assert books.total(Question(WEEK.first, WEEK.last, user="nobody")) == Figures()
    assert set(books.by_day_and_provider(attic)) == {(MONDAY, "openai"), (MONDAY + timedelta(days=3), "azure")}


def test_shares_and_means_are_of_what_they_are_about() -> None:
    monday = books.by_day(WEEK)[MONDAY]
    assert monday.hit_rate == 0.5
    assert monday.made == 4
    assert monday.ttfb_s == 0.5


def test_of_nothing_there_is_no_share_and_no_mean() -> None:
    assert Figures().hit_rate is None
    assert Figures().ttfb_s is None
    assert Figures(requests=2, hits=2).ttfb_s is None
