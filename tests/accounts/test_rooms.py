from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.limits import UNLIMITED, Limits
from accounts.models import Quota
from accounts.rooms import limits_of, recent_rooms

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    recent_rooms.clear()


def test_a_room_without_a_quota_has_no_limits_and_is_asked_about_once() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert [limits_of("attic") for _ in range(3)] == [UNLIMITED] * 3
    assert len(queries) == 1


def test_a_change_is_noticed_at_once() -> None:
    assert limits_of("attic") == UNLIMITED
    quota = Quota.objects.create(room="attic", requests_per_minute=2)
    assert limits_of("attic") == Limits(requests_per_minute=2)
    quota.requests_per_minute = 3
    quota.save()
    assert limits_of("attic") == Limits(requests_per_minute=3)
    quota.delete()
    assert limits_of("attic") == UNLIMITED
