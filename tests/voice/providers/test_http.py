from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voice.domain.audio import AudioFormat
from voice.domain.errors import (
    BadAudio,
    ProviderError,
    ProviderForbidden,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from voice.providers.http import refuse_status, refuse_type, retry_after_s

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "wait_s"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("Sat, 21 Nov 2026 12:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_a_wait_is_read_from_a_number_or_a_date(written: str, wait_s: float | None) -> None:
    assert retry_after_s(written, NOON) == wait_s


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, ProviderRejected),
        (400, ProviderRejected),
        (401, ProviderForbidden),
        (402, ProviderForbidden),
        (403, ProviderForbidden),
        (404, ProviderRejected),
        (413, ProviderRejected),
        (429, ProviderRateLimited),
        (500, ProviderUnavailable),
        (503, ProviderUnavailable),
    ],
)
def test_a_status_says_which_failure_it_is(status: int, error: type[ProviderError]) -> None:
    with pytest.raises(error) as failed:
        refuse_status("acme", status)
    assert failed.value.provider == "acme"
    assert failed.value.retryable is (status == 429 or status >= 500)


def test_success_is_no_failure() -> None:
    refuse_status("acme", 200)
    refuse_status("acme", 204)


@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_a_status_asks_for_is_kept(status: int) -> None:
    with pytest.raises(ProviderError) as failed:
        refuse_status("acme", status, "12")
    assert failed.value.retry_after_s == 12


@pytest.mark.parametrize("told", ["audio/mpeg", "Audio/MPEG; rate=44100", "", "application/octet-stream"])
def test_the_type_that_was_asked_for_is_taken_and_so_is_none_at_all(told: str) -> None:
    refuse_type("acme", told, AudioFormat.MP3)


@pytest.mark.parametrize("told", ["text/html", "application/json", "audio/wav", "image/png"])
def test_another_type_is_no_audio(told: str) -> None:
    with pytest.raises(BadAudio):
        refuse_type("acme", told, AudioFormat.MP3)
