"""One of something for each event loop: connections and locks cannot cross from one to another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class PerLoop(Generic[T]):
    """What ``make`` makes, once for each event loop; a loop that is gone takes its own along."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: WeakKeyDictionary[asyncio.AbstractEventLoop, T] = WeakKeyDictionary()

    def here(self) -> T:
        """The one of this event loop, made when it is first asked for."""
        loop = asyncio.get_running_loop()
        if loop not in self._made:
            self._made[loop] = self._make()
        return self._made[loop]

    def taken_away(self) -> T | None:
        """The one of this event loop, for the last time: the next is a new one. None where there is none."""
        return self._made.pop(asyncio.get_running_loop(), None)
