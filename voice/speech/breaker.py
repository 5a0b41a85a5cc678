"""When to leave a provider alone: after failures in a row, until it has been seen to speak again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

OPENS_AT: Final = 3
"""Failures in a row; one alone may be chance."""

FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
"""How long a provider is left alone before it is tried again; twice as long after each try in vain."""

LONGEST_WAIT_S: Final = 600.0
"""However long the provider itself asks us to wait."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """What is known of one provider: its failures in a row, and from when on it may be tried again once it is open.

    A value without a clock: each change gives the next one. Times are of one clock, in seconds.
    """

    failures: int = 0
    try_at_s: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the provider is to be left alone."""
        return self.failures >= OPENS_AT

    def spoke(self) -> Breaker:
        """After it has spoken: nothing is held against it."""
        return Breaker()

    def failed(self, now_s: float, *, wait_s: float = 0.0, at_once: bool = False) -> Breaker:
        """After a failure, with the wait the provider asked for; ``at_once`` opens it whatever came before.

        While it is open only what is tried from ``try_at_s`` on counts: a call begun before the others failed says
        nothing new.
        """
        if self.is_open and now_s < self.try_at_s:
            return self
        failures = max(self.failures + 1, OPENS_AT if at_once else 0)
        return Breaker(failures, now_s + max(_pause_s(failures), min(wait_s, LONGEST_WAIT_S)))

    def relieved(self) -> Breaker:
        """Closed with a warning: nobody has tried it for long, and the next failure opens it again."""
        return replace(self, failures=min(self.failures, OPENS_AT - 1))


def _pause_s(failures: int) -> float:
    doublings = min(max(failures - OPENS_AT, 0), 32)  # far beyond the longest pause, and no overflow
    return min(FIRST_PAUSE_S * 2.0**doublings, LONGEST_PAUSE_S)
