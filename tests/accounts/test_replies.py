from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User, UserAnalytics
from accounts.replies import count_reply_on, replies_on

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


def test_a_day_nobody_heard_of_has_none(ada: User) -> None:
    assert replies_on(DAY, ada.pk) == 0


def test_replies_are_counted_up_to_the_limit_and_no_further(ada: User) -> None:
    assert [count_reply_on(DAY, ada.pk, 2) for _ in range(4)] == [0, 1, 2, 2]
    assert replies_on(DAY, ada.pk) == 2


def test_each_day_and_each_user_has_a_count_of_its_own(ada: User) -> None:
    count_reply_on(DAY, ada.pk, 2)
    assert count_reply_on(date(2026, 1, 6), ada.pk, 2) == 0
    assert count_reply_on(DAY, User.objects.create_user("eve").pk, 2) == 0


def test_what_was_counted_otherwise_counts(ada: User) -> None:
    UserAnalytics.objects.create(user=ada, day=DAY, requests=7, realtime_requests=5)
    assert count_reply_on(DAY, ada.pk, 5) == 5
    assert count_reply_on(DAY, ada.pk, 6) == 5
    assert UserAnalytics.objects.get().requests == 7
