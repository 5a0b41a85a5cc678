"""What each kind of alert looks at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import DailyUsage
from tests.voice.watching.conftest import Called
from voice.models import Alert, ProviderModel, TtsCache
from voice.providers import catalogue
from voice.watching.measures import Measured, measure

pytestmark = pytest.mark.django_db

NOW = timezone.now


def look(kind: str, now: datetime | None = None, minutes: int = 60) -> Measured:
    return measure(Alert(kind=kind, threshold=1, window_minutes=minutes), now or NOW())


def test_the_error_rate_is_that_of_the_worst_provider(called: Called) -> None:
    called("openai", "spoke", ago=5, times=30)
    called("azure", "spoke", ago=5, times=9)
    called("azure", "failed", ago=5, times=2, error="provider_timeout")
    called("azure", "broken", ago=5, error="provider_unavailable")
    found = look("error_rate")
    assert found.value == 25.0
    assert found.told == "azure failed in 25% of its calls."


def test_an_error_rate_is_of_calls_that_say_something_of_the_vendor(called: Called) -> None:
    called("openai", "spoke", ago=5, times=10)
    called("openai", "cancelled", ago=5, times=10)
    called("openai", "failed", ago=5, times=10, error="provider_rejected")
    called("openai", "failed", ago=65, times=10, error="provider_timeout")
    assert look("error_rate").value == 0


def test_a_few_calls_make_no_error_rate(called: Called) -> None:
    called("openai", "failed", ago=5, times=9, error="provider_timeout")
    assert look("error_rate").value is None


def test_the_budget_is_what_providers_took_this_month(called: Called) -> None:
    now = datetime(2026, 3, 15, 12, tzinfo=UTC)
    since_then = (NOW() - now).total_seconds() / 60
    called("openai", "spoke", ago=since_then, cost="1.25")
    called("openai", "broken", ago=since_then + 60, cost="0.50")
    called("openai", "spoke", ago=since_then + 15 * 24 * 60, cost="100")
    found = look("budget", now)
    assert found.value == 1.75
    assert "$1.75 since 2026-03-01" in found.told


def test_a_provider_is_down_since_its_first_failure_after_it_last_spoke(called: Called) -> None:
    called("openai", "failed", ago=300, error="provider_timeout")
    called("openai", "spoke", ago=200)
    called("openai", "failed", ago=90, error="provider_timeout")
    called("openai", "failed", ago=5, error="provider_unavailable")
    called("azure", "failed", ago=20, error="provider_unavailable")
    called("azure", "spoke", ago=10)
    found = look("provider_down", minutes=30)
    assert found.value == pytest.approx(90, abs=1)
    assert found.told == "Has only failed: openai for 90 minutes."


def test_who_has_not_been_called_lately_is_not_down(called: Called) -> None:
    called("openai", "failed", ago=90, error="provider_timeout")
    called("azure", "failed", ago=5, error="provider_rejected")
    assert look("provider_down").value == 0


def test_one_that_has_never_spoken_is_down_from_the_beginning(called: Called) -> None:
    called("openai", "failed", ago=30, error="provider_forbidden")
    assert look("provider_down").value == pytest.approx(30, abs=1)


def test_the_hit_rate_is_of_whole_days() -> None:
    today = NOW().date()
    for days, requests, hits in ((0, 30, 3), (1, 70, 67), (2, 1000, 0)):
        DailyUsage.objects.create(day=today - timedelta(days=days), provider="openai", requests=requests, hits=hits)
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    assert look("hit_rate", noon).value == 10.0
    assert look("hit_rate", noon, minutes=24 * 60).value == 70.0


def test_a_few_requests_make_no_hit_rate() -> None:
    DailyUsage.objects.create(day=NOW().date(), requests=9)
    assert look("hit_rate").value is None


def test_storage_is_measured_by_its_cap(settings: Settings) -> None:
    settings.TTS_CACHE_MAX_BYTES = 1_000
    now = NOW()
    times = {"created_at": now, "expires_at": now, "last_accessed_at": now}
    for key in ("a", "b"):
        TtsCache.objects.create(key=key, path=key, format="mp3", duration_s=1, size_bytes=450, **times)
    found = look("storage")
    assert found.value == 90
    assert found.told == "900 of 1,000 bytes (TTS_CACHE_MAX_BYTES)."
    settings.TTS_CACHE_MAX_BYTES = 0
    assert look("storage").value is None


class TestSunset:
    @pytest.fixture(autouse=True)
    def chain(self, settings: Settings) -> None:
        settings.TTS_PROVIDER = ["openai", "local"]
        ProviderModel.objects.update(sunset_on=None)
        catalogue.forget()

    def ends(self, name: str, days: int) -> None:
        ProviderModel.objects.filter(provider="openai", name=name).update(sunset_on=NOW().date() + timedelta(days=days))
        catalogue.forget()

    def test_the_nearest_last_day_of_a_model_in_use_counts(self, called: Called) -> None:
        self.ends("tts-1-hd", 20)
        assert look("sunset").value is None
        called("openai", "spoke", ago=60, model="tts-1-hd")
        found = look("sunset")
        assert found.value == 20
        assert "openai switches tts-1-hd off on" in found.told

    def test_a_model_that_is_spoken_with_by_default_is_in_use(self) -> None:
        self.ends("tts-1", 30)
        assert look("sunset").value == 30


@pytest.mark.parametrize(
    ("kind", "value", "crossed"),
    [
        ("error_rate", 20.0, True),
        ("error_rate", 19.9, False),
        ("budget", 21.0, True),
        ("hit_rate", 20.0, True),
        ("hit_rate", 20.1, False),
        ("sunset", 19.0, True),
        ("sunset", None, False),
    ],
)
def test_most_are_crossed_from_below_and_what_runs_short_from_above(
    kind: str, value: float | None, crossed: bool
) -> None:
    assert Measured(value, "").crosses(Alert(kind=kind, threshold=20.0)) is crossed


def test_money_is_added_up_exactly(called: Called) -> None:
    called("openai", "spoke", ago=0, times=10, cost="0.100001")
    assert Decimal(str(look("budget").value)) == Decimal("1.00001")
