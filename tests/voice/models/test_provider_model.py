from __future__ import annotations

from datetime import date, timedelta

from voice.models import ProviderModel

SUNSET = date(2027, 1, 6)


def test_it_is_over_on_its_day_and_not_before() -> None:
    model = ProviderModel(provider="openai", name="tts-1", sunset_on=SUNSET)
    assert not model.is_over(SUNSET - timedelta(days=1))
    assert model.is_over(SUNSET)


def test_its_end_is_near_from_sixty_days_before() -> None:
    model = ProviderModel(provider="openai", name="tts-1", sunset_on=SUNSET)
    assert not model.ends_soon(SUNSET - timedelta(days=61))
    assert model.ends_soon(SUNSET - timedelta(days=60))


def test_without_a_date_it_has_no_end() -> None:
    model = ProviderModel(provider="local", name="hibari")
    assert not model.is_over(date.max)
    assert not model.ends_soon(date(9000, 1, 1))
