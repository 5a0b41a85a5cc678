"""The bridge between the event loop and blocking engines."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from voice.audio import threads

LIMIT_S = 10
"""How long a test waits for a thread that should move: only ever reached by a failure."""


async def test_it_gives_back_the_result() -> None:
    assert await threads.run(divmod, 7, 2) == (3, 1)


async def test_it_raises_what_the_work_raises() -> None:
    with pytest.raises(ZeroDivisionError):
        await threads.run(divmod, 7, 0)


async def test_work_runs_outside_the_event_loops_thread() -> None:
    assert await threads.run(threading.get_ident) != threading.get_ident()


async def test_the_event_loop_runs_while_every_worker_is_blocked() -> None:
    release = threading.Event()
    blocked = [asyncio.create_task(threads.run(release.wait, LIMIT_S)) for _ in range(threads.CORES + 1)]
    await asyncio.sleep(0)
    release.set()  # only a loop that is not blocked gets here
    assert all(await asyncio.gather(*blocked))


async def test_no_more_runs_at_once_than_there_are_cores() -> None:
    running, most, lock = 0, 0, threading.Lock()
    all_cores_busy = threading.Event()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if running == threads.CORES:
                all_cores_busy.set()
        assert all_cores_busy.wait(LIMIT_S)
        with lock:
            running -= 1

    await asyncio.gather(*(threads.run(work) for _ in range(threads.CORES * 4)))
    assert most == threads.CORES


async def test_a_stream_gives_the_items_in_order() -> None:
    assert [item async for item in threads.stream(lambda: iter([3, None, 1]))] == [3, None, 1]


async def test_a_stream_raises_what_the_iterator_raises_after_its_items() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("broken")

    stream = threads.stream(items)
    assert await anext(stream) == 1
    with pytest.raises(KeyError):
        await anext(stream)


async def test_the_iterator_is_made_in_a_worker() -> None:
    def make() -> Iterator[int]:
        return iter([threading.get_ident()])

    assert [ident async for ident in threads.stream(make)] != [threading.get_ident()]


async def test_nothing_is_made_before_it_is_asked_for() -> None:
    made = []

    def items() -> Iterator[int]:
        for item in range(5):
            made.append(item)
            yield item

    stream = threads.stream(items)
    assert await anext(stream) == 0
    assert made == [0]
    await stream.aclose()


async def test_closing_stops_the_work_before_the_next_item() -> None:
    made, closed = [], threading.Event()

    def items() -> Iterator[int]:
        try:
            for item in range(5):
                made.append(item)
                yield item
        finally:
            closed.set()

    stream = threads.stream(items)
    await anext(stream)
    await stream.aclose()
    assert closed.wait(LIMIT_S)
    assert made == [0]


async def test_a_cancelled_reader_lets_the_item_being_made_finish_and_no_more() -> None:
    made, making, release, closed = [], threading.Event(), threading.Event(), threading.Event()

    def items() -> Iterator[int]:
        try:
            for item in range(5):
                making.set()
                assert release.wait(LIMIT_S)
                made.append(item)
                yield item
        finally:
            closed.set()

    reader = asyncio.create_task(anext(threads.stream(items)))
    await asyncio.to_thread(making.wait, LIMIT_S)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    release.set()
    assert await asyncio.to_thread(closed.wait, LIMIT_S)
    assert made == [0]


async def test_a_short_stream_does_not_wait_for_a_long_one_to_end() -> None:
    """With every core taken by endless streams, another listener still gets its turn between two of their items."""

    def endless() -> Iterator[int]:
        while True:
            yield 1

    async def listen_for_ever() -> None:
        async for _ in threads.stream(endless):
            pass

    greedy = [asyncio.create_task(listen_for_ever()) for _ in range(threads.CORES * 2)]
    assert [item async for item in threads.stream(lambda: iter("abc"))] == ["a", "b", "c"]
    for task in greedy:
        task.cancel()
    await asyncio.gather(*greedy, return_exceptions=True)


def test_it_serves_one_event_loop_after_the_other() -> None:
    async def count() -> list[int]:
        return [item async for item in threads.stream(lambda: iter(range(3)))]

    assert [asyncio.run(count()) for _ in range(3)] == [[0, 1, 2]] * 3
