from __future__ import annotations

import asyncio
from typing import cast

import pytest

from voice.domain.errors import ProviderRateLimited
from voice.providers.provider import CallRules, Provider
from voice.speech.places import Places


class Speaker:
    """A provider of whom only the name and the rules matter."""

    def __init__(self, at_once: int | None) -> None:
        self.name = "azure"
        self._at_once = at_once

    def rules(self) -> CallRules:
        return CallRules(at_once=self._at_once)


def speaker(at_once: int | None) -> Provider:
    return cast("Provider", Speaker(at_once))


def soon_s() -> float:
    return asyncio.get_running_loop().time() + 5


@pytest.fixture
def places() -> Places:
    return Places()


class Visitor:
    """Somebody who takes a place, and leaves when told to."""

    def __init__(self, places: Places, speaker: Provider) -> None:
        self._places, self._speaker = places, speaker
        self.is_in = asyncio.Event()
        self.leaves = asyncio.Event()

    async def visit(self) -> None:
        async with self._places.taken(self._speaker, soon_s()):
            self.is_in.set()
            await self.leaves.wait()


async def _settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_as_many_as_there_are_places_come_in_and_the_others_wait_their_turn(places: Places) -> None:
    visitors = [Visitor(places, speaker(3)) for _ in range(6)]
    async with asyncio.TaskGroup() as group:
        for visitor in visitors:
            group.create_task(visitor.visit())
        await _settle()
        assert [visitor.is_in.is_set() for visitor in visitors] == [True] * 3 + [False] * 3
        visitors[1].leaves.set()
        await _settle()
        assert [visitor.is_in.is_set() for visitor in visitors] == [True] * 4 + [False] * 2
        for visitor in visitors:
            visitor.leaves.set()


async def test_who_finds_no_place_in_time_is_told_so(places: Places) -> None:
    async with places.taken(speaker(1), soon_s()):
        with pytest.raises(ProviderRateLimited):
            async with places.taken(speaker(1), asyncio.get_running_loop().time()):
                pass
    async with places.taken(speaker(1), soon_s()):
        pass


@pytest.mark.parametrize("how", [asyncio.CancelledError, RuntimeError, GeneratorExit])
async def test_a_place_is_given_back_whatever_happens(places: Places, how: type[BaseException]) -> None:
    for _ in range(3):
        with pytest.raises(how):
            async with places.taken(speaker(1), soon_s()):
                raise how


async def test_who_is_cancelled_while_waiting_takes_no_place_along(places: Places) -> None:
    first, second = Visitor(places, speaker(1)), Visitor(places, speaker(1))
    coming_in = asyncio.create_task(first.visit())
    await first.is_in.wait()
    waiting = asyncio.create_task(second.visit())
    await _settle()
    first.leaves.set()
    waiting.cancel()  # in the moment in which the place becomes free
    await asyncio.gather(coming_in, waiting, return_exceptions=True)
    async with places.taken(speaker(1), soon_s()):
        pass


async def test_a_spare_place_is_taken_from_nobody(places: Places) -> None:
    async with places.taken(speaker(2), soon_s()):
        async with places.spare(speaker(2)) as is_free:
            assert is_free
            async with places.spare(speaker(2)) as is_another_free:
                assert not is_another_free
        async with places.spare(speaker(2)) as is_free_again:
            assert is_free_again


async def test_without_a_limit_there_is_always_a_place(places: Places) -> None:
    async with places.taken(speaker(None), 0), places.spare(speaker(None)) as is_free:
        assert is_free


def test_each_event_loop_has_places_of_its_own(places: Places) -> None:
    async def take_and_keep() -> None:
        await places.taken(speaker(1), soon_s()).__aenter__()

    asyncio.run(take_and_keep())
    asyncio.run(take_and_keep())
