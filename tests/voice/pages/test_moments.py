"""People say how long ago something was in one unit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from voice.pages.moments import ago

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("earlier", "told"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1\xa0minute ago"),
        (timedelta(hours=3, minutes=40), "3\xa0hours ago"),
        (timedelta(days=9), "1\xa0week ago"),
    ],
)
def test_it_is_said_in_the_largest_unit(earlier: timedelta, told: str) -> None:
    assert ago(NOW - earlier, NOW) == told
