"""A bucket of tokens that come back evenly over a minute: the rule, without a clock and without Redis.

One number says how full it is: the instant at which it is full again. Each token that is taken puts that instant off by
the time one token takes to come back; a bucket that was put off by as many tokens as it holds is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accounts.rates import Rate

PERIOD_US: Final = 60_000_000
SECOND_US: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """How full it is: the microsecond at which all its tokens are back."""

    full_at_us: int = 0

    def put_off(self, limit: int, now_us: int) -> Bucket:
        """The bucket with one token less, or more than empty."""
        return Bucket(max(self.full_at_us, now_us) + token_us(limit))


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of asking a bucket of ``limit`` tokens for one; ``full_in_us`` as if it had been given."""

    limit: int
    full_in_us: int

    @property
    def wait_s(self) -> float:
        """Until there is a token; 0 where one was given."""
        return max(0, self.full_in_us - self.limit * token_us(self.limit)) / SECOND_US

    @property
    def given(self) -> bool:
        """Whether there was a token."""
        return self.wait_s == 0

    @property
    def rate(self) -> Rate:
        """What is left in the bucket now, and when it is full again."""
        one_us = token_us(self.limit)
        if not self.given:
            return Rate(self.limit, 0, (self.full_in_us - one_us) / SECOND_US)
        return Rate(self.limit, self.limit - -(-self.full_in_us // one_us), self.full_in_us / SECOND_US)


def token_us(limit: int) -> int:
    """How long one of ``limit`` tokens a minute takes to come back: whole microseconds, so that they add up."""
    return PERIOD_US // limit or 1
