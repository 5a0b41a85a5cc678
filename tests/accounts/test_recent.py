from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.recent import Recent
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(100.0)


@pytest.fixture
def recent(clock: Clock) -> Recent[str, int]:
    return Recent(trust_s=5.0, max_items=3, clock=clock)


def test_an_answer_is_believed_for_its_time_and_no_longer(recent: Recent[str, int], clock: Clock) -> None:
    recent.put("a", 1)
    clock.now_s += 5.0
    assert recent.get("a") == 1
    clock.now_s += 0.001
    assert recent.get("a") is None


def test_a_new_answer_takes_the_place_of_the_old(recent: Recent[str, int], clock: Clock) -> None:
    recent.put("a", 1)
    clock.now_s += 4.0
    recent.put("a", 2)
    clock.now_s += 4.0
    assert recent.get("a") == 2


def test_the_oldest_answer_makes_room(recent: Recent[str, int]) -> None:
    for number, key in enumerate("abcd"):
        recent.put(key, number)
    assert [recent.get(key) for key in "abcd"] == [None, 1, 2, 3]


def test_what_is_dropped_is_believed_no_longer(recent: Recent[str, int]) -> None:
    recent.put("a", 1)
    recent.put("b", 2)
    recent.drop("a")
    recent.drop("never there")
    assert (recent.get("a"), recent.get("b")) == (None, 2)
    recent.clear()
    assert recent.get("b") is None


async def test_what_is_looked_up_is_believed(recent: Recent[str, int]) -> None:
    async def one() -> int:
        return 1

    async def never() -> int:
        raise AssertionError("it was known")

    assert await recent.found("a", one) == 1
    assert await recent.found("a", never) == 1


@pytest.mark.parametrize("corrected", [lambda recent: recent.drop("a"), lambda recent: recent.clear()])
async def test_what_was_corrected_while_it_was_looked_up_is_not_believed(
    recent: Recent[str, int], corrected: Callable[[Recent[str, int]], None]
) -> None:
    async def outdated() -> int:
        corrected(recent)
        return 1

    assert await recent.found("a", outdated) == 1
    assert recent.get("a") is None
