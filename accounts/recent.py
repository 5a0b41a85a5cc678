"""What was looked up a moment ago, so that a burst of requests asks the database once."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

TRUST_S: Final = 5.0
"""How long an answer is believed. What another process changes is noticed here after this time at the latest."""

MAX_ITEMS: Final = 10_000


class Recent(Generic[K, V]):
    """Answers by key, each believed for ``trust_s``; the oldest goes when there are ``max_items``."""

    def __init__(
        self, trust_s: float = TRUST_S, max_items: int = MAX_ITEMS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._trust_s = trust_s
        self._max_items = max_items
        self._clock = clock
        self._answers: dict[K, tuple[float, V]] = {}
        self._corrections = 0

    def get(self, key: K) -> V | None:
        """The answer for ``key``, if there is one that can still be believed."""
        answer = self._answers.get(key)
        if answer is None or answer[0] < self._clock():
            return None
        return answer[1]

    def put(self, key: K, value: V) -> None:
        """Believe ``value`` from now on."""
        self._answers.pop(key, None)
        while len(self._answers) >= self._max_items:
            del self._answers[next(iter(self._answers))]
        self._answers[key] = (self._clock() + self._trust_s, value)

    async def found(self, key: K, look_up: Callable[[], Awaitable[V]]) -> V:
        """The answer for ``key``, looked up if need be. One that was corrected meanwhile is not believed after."""
        answer = self.get(key)
        if answer is None:
            corrections = self._corrections
            answer = await look_up()
            if corrections == self._corrections:
                self.put(key, answer)
        return answer

    def drop(self, key: K) -> None:
        """Believe it no longer."""
        self._corrections += 1
        self._answers.pop(key, None)

    def clear(self) -> None:
        """Believe nothing."""
        self._corrections += 1
        self._answers.clear()
