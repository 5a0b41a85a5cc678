"""What some requests came to, added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_MICRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over rows of ``DailyUsage``; the fields are its columns."""

    requests: int = 0
    hits: int = 0
    joined: int = 0
    failures: int = 0
    characters: int = 0
    voice_seconds: float = 0.0
    cost_microdollars: int = 0
    saved_microdollars: int = 0
    ttfb_seconds: float = 0.0

    @property
    def made(self) -> int:
        """Requests a voice spoke for anew."""
        return self.requests - self.hits - self.joined - self.failures

    @property
    def hit_rate(self) -> float | None:
        """The share of requests that came from the cache; None without requests."""
        return self.hits / self.requests if self.requests else None

    @property
    def ttfb_s(self) -> float | None:
        """How long those who had something made waited for its first byte, on average; None if nobody had."""
        return self.ttfb_seconds / self.made if self.made else None

    @property
    def minutes(self) -> float:
        """Minutes of audio that were asked for, from the cache or not."""
        return self.voice_seconds / 60

    @property
    def spent(self) -> float:
        """US dollars that providers took."""
        return self.cost_microdollars / _MICRO

    @property
    def saved(self) -> float:
        """US dollars they would have taken besides, without the cache and without joining."""
        return self.saved_microdollars / _MICRO
