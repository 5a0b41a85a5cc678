"""Time for tests."""

from __future__ import annotations


class Clock:
    """Time that passes when told to."""

    def __init__(self, now_s: float) -> None:
        self.now_s = now_s

    def __call__(self) -> float:
        return self.now_s
