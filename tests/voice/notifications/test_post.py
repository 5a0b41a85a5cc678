"""The post of a process: everything in every box of whom it is for, and nothing left behind."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from channels.layers import get_channel_layer

from voice.notifications.household import BOX_SIZE, Box
from voice.notifications.notify import notify
from voice.notifications.post import post


async def letters(box: Box, count: int) -> list[object]:
    async with asyncio.timeout(5):
        return [await box.get() for _ in range(count)]


async def test_every_box_of_somebody_gets_everything_and_nobody_elses_anything() -> None:
    async with post().box(1) as first, post().box(1) as second, post().box(2) as other:
        await notify(1, {"type": "a"})
        await notify(1, {"type": "b"})
        assert await letters(first, 2) == await letters(second, 2) == [{"type": "a"}, {"type": "b"}]
        await notify(2, {"type": "c"})
        assert await letters(other, 1) == [{"type": "c"}]
        assert first.empty()
        assert second.empty()


async def test_a_box_that_is_full_holds_up_nobody() -> None:
    async with post().box(1) as slow, post().box(1) as quick:
        for number in range(BOX_SIZE + 10):
            await notify(1, {"number": number})
            assert await letters(quick, 1) == [{"number": number}]
        assert slow.full()


async def test_when_the_last_has_left_nothing_is_left_behind() -> None:
    async with AsyncExitStack() as stack:
        for number in range(20):
            await stack.enter_async_context(post().box(number % 3))
        assert [task for task in asyncio.all_tasks() if "_deliver" in repr(task.get_coro())]
    layer = get_channel_layer()
    assert (layer.groups, layer.channels) == ({}, {})
    assert not [task for task in asyncio.all_tasks() if "_deliver" in repr(task.get_coro())]
    await notify(1, {"type": "to nobody"})
    async with post().box(1) as box:
        await notify(1, {"type": "to somebody"})
        assert await letters(box, 1) == [{"type": "to somebody"}]


async def test_a_crowd_that_comes_and_goes_at_once_is_served() -> None:
    async def comes_and_goes(number: int) -> None:
        async with post().box(number % 2):
            await asyncio.sleep(0)

    async with post().box(0) as box:
        await asyncio.gather(*(comes_and_goes(number) for number in range(50)))
        await notify(0, {"type": "still here"})
        assert await letters(box, 1) == [{"type": "still here"}]
