"""When a process looks at how much is stored: not at every write."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Final

CHECK_EVERY_S: Final = 60.0
CHECK_EVERY_SHARE: Final = 0.01
"""Adding up the sizes reads the whole index. The cache is let grow over its cap by this share of it before that."""


class Caretaker:
    """Decides when to look at how much is stored."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next_s = 0.0
        self._written_bytes = 0

    def is_due(self, written_bytes: int, cap_bytes: int) -> bool:
        """Whether it is time, now that so many bytes more were written."""
        self._written_bytes += written_bytes
        if self._written_bytes < cap_bytes * CHECK_EVERY_SHARE and self._clock() < self._next_s:
            return False
        self._next_s, self._written_bytes = self._clock() + CHECK_EVERY_S, 0
        return True


@cache
def caretaker() -> Caretaker:
    """The one of this process."""
    return Caretaker()
