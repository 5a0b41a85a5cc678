from __future__ import annotations

import asyncio

from accounts.per_loop import PerLoop


async def test_an_event_loop_has_one_of_its_own() -> None:
    things = PerLoop(object)
    assert things.here() is things.here()

    async def elsewhere() -> object:
        return things.here()

    assert await asyncio.to_thread(asyncio.run, elsewhere()) is not things.here()


async def test_what_is_taken_away_is_made_anew_when_it_is_asked_for() -> None:
    things = PerLoop(object)
    assert things.taken_away() is None
    first = things.here()
    assert things.taken_away() is first
    assert things.here() is not first
