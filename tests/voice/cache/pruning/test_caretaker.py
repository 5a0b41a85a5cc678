from __future__ import annotations

from tests.clock import Clock
from voice.cache.pruning import CHECK_EVERY_S, Caretaker


def test_the_first_write_is_a_time_to_look() -> None:
    assert Caretaker(Clock(1000.0)).is_due(1, 1000)


def test_small_writes_are_looked_at_together() -> None:
    caretaker = Caretaker(Clock(1000.0))
    caretaker.is_due(1, 100_000)
    due = [caretaker.is_due(100, 100_000) for _ in range(30)]
    assert due == ([False] * 9 + [True]) * 3


def test_after_a_minute_it_looks_in_any_case() -> None:
    clock = Clock(1000.0)
    caretaker = Caretaker(clock)
    caretaker.is_due(1, 100_000)
    clock.now_s += CHECK_EVERY_S
    assert caretaker.is_due(1, 100_000)
