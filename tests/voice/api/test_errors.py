"""What cannot be had is told in one shape, with what a page needs to say when it can be."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from accounts.errors import QuotaExceeded, TrialEnded
from voice.api.errors import error_answer


def told(answer_body: object) -> dict[str, Any]:
    assert isinstance(answer_body, bytes)
    error: dict[str, Any] = json.loads(answer_body)["error"]
    return error


def test_a_quota_names_its_limit_and_when_it_starts_anew() -> None:
    tomorrow = datetime(2026, 1, 6, tzinfo=UTC)
    error = QuotaExceeded("Too few.", limit="characters_per_day", resets_at=tomorrow, retry_after_s=3599.2)
    answer = error_answer("7", error)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "3600")
    assert told(answer.body) == {
        "code": "quota_exceeded",
        "message": "Too few.",
        "request_id": "7",
        "retry_after": 3600,
        "limit": "characters_per_day",
        "resets_at": "2026-01-06T00:00:00+00:00",
    }


def test_a_trial_that_is_over_has_no_hour_to_come_back_at() -> None:
    answer = error_answer("7", TrialEnded("It is over."))
    assert answer.status == 402
    assert told(answer.body) == {"code": "trial_ended", "message": "It is over.", "request_id": "7"}
