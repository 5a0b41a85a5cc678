from __future__ import annotations

from accounts.rates import Rate


def test_a_limit_is_told_in_headers_and_its_reset_in_whole_seconds() -> None:
    assert Rate(limit=30, remaining=4, reset_s=51.2).headers == {
        "X-RateLimit-Limit": "30",
        "X-RateLimit-Remaining": "4",
        "X-RateLimit-Reset": "52",
    }
