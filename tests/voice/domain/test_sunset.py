from __future__ import annotations

from datetime import date, timedelta

from voice.domain.sunset import ends_soon, is_over

SUNSET = date(2027, 1, 6)


def test_it_is_over_on_its_day_and_not_before() -> None:
    assert not is_over(SUNSET, SUNSET - timedelta(days=1))
    assert is_over(SUNSET, SUNSET)


def test_its_end_is_near_from_sixty_days_before() -> None:
    assert not ends_soon(SUNSET, SUNSET - timedelta(days=61))
    assert ends_soon(SUNSET, SUNSET - timedelta(days=60))


def test_without_a_day_there_is_no_end() -> None:
    assert not is_over(None, date.max)
    assert not ends_soon(None, date(9000, 1, 1))
