from __future__ import annotations

import pytest
from prometheus_client import REGISTRY

from tests.clock import Clock
from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderForbidden,
    ProviderRateLimited,
    ProviderRejected,
    ProviderTimeout,
    ProviderUnavailable,
    UnsupportedText,
)
from voice.speech.availability import Availability, Trouble
from voice.speech.breaker import OPENS_AT


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


@pytest.fixture
def availability(clock: Clock) -> Availability:
    return Availability(clock)


def out_of_order(provider: str) -> float | None:
    return REGISTRY.get_sample_value("aloud_provider_out_of_order", {"provider": provider})


@pytest.mark.parametrize(
    ("error", "failures"),
    [
        (ProviderTimeout, 1),
        (ProviderUnavailable, OPENS_AT),
        (ProviderForbidden, OPENS_AT),
        (ProviderRateLimited, OPENS_AT),
    ],
)
def test_what_is_about_the_vendor_counts(availability: Availability, error: type[ProviderError], failures: int) -> None:
    for _ in range(failures):
        availability.refuse("azure")
        availability.failed("azure", error("azure", "no"))
    with pytest.raises(error) as refused:
        availability.refuse("azure")
    assert refused.value.retry_after_s == 1


@pytest.mark.parametrize(
    "error", [ProviderRejected("azure", "no"), BadAudio("azure", "no"), UnsupportedText("not in this voice")]
)
def test_what_is_about_the_request_does_not(availability: Availability, error: ProviderError | UnsupportedText) -> None:
    for _ in range(10):
        availability.failed("azure", error)
    availability.refuse("azure")


def test_providers_are_judged_apart(availability: Availability) -> None:
    availability.failed("azure", ProviderTimeout("azure", "no"))
    assert availability.is_open("azure")
    assert not availability.is_open("google")


def test_it_tells_who_is_left_alone_why_and_until_when(availability: Availability, clock: Clock) -> None:
    availability.failed("azure", ProviderTimeout("azure", "no"))
    clock.now_s += 0.75
    assert availability.troubles() == [Trouble("azure", OPENS_AT, "provider_timeout", 0.25)]
    clock.now_s += 10
    assert availability.troubles()[0].try_in_s == 0
    availability.spoke("azure")
    assert availability.troubles() == []


def test_the_metric_follows(availability: Availability) -> None:
    availability.failed("azure", ProviderTimeout("azure", "no"))
    assert out_of_order("azure") == 1
    availability.spoke("azure")
    assert out_of_order("azure") == 0


def test_a_change_is_logged_once(availability: Availability, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5):
        availability.failed("azure", ProviderTimeout("azure", "no"))
    availability.spoke("azure")
    availability.spoke("azure")
    assert caplog.text.count("provider_left_alone") == 1
    assert caplog.text.count("provider_back") == 1
