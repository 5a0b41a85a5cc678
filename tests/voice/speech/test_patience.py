"""Waiting for chunks, on a loop whose clock is moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

import pytest

from voice.domain.errors import ProviderTimeout, ProviderUnavailable
from voice.speech.patience import Patience

LIMIT_S = 10.0


class HandClock(asyncio.SelectorEventLoop):
    """An event loop whose time passes only when somebody moves it; it never sleeps for a timer."""

    now_s = 1000.0

    def time(self) -> float:
        return self.now_s

    def timers(self) -> int:
        """How many calls are scheduled for later."""
        return sum(not handle.cancelled() for handle in self._scheduled)  # type: ignore[attr-defined]  # the loop's own

    async def begun(self, story: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task, up to where it first waits."""
        task = self.create_task(story)
        await self.move(0)
        return task

    async def move(self, seconds: float) -> None:
        """Let ``seconds`` pass, and what is due then happen."""
        self.now_s += seconds
        for _ in range(10):
            await asyncio.sleep(0)


def on_hand_clock(story: Callable[[HandClock], Coroutine[Any, Any, None]]) -> None:
    loop = HandClock()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(story(loop))


class Chunks:
    """What a provider sends, when a test says so."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[bytes] = asyncio.Queue()
        self.heard: list[bytes] = []
        self.busy: asyncio.Event = asyncio.Event()
        self.busy.set()

    async def hear(self, loop: HandClock) -> None:
        """Listen as a call does: each chunk is seen to before the next one is awaited."""
        with Patience("openai", loop.time() + LIMIT_S, LIMIT_S) as patience:
            while chunk := await self.queue.get():
                patience.pause()
                self.heard.append(chunk)
                await self.busy.wait()
                patience.resume()


def test_who_is_served_in_time_waits_as_long_as_it_takes() -> None:
    async def story(loop: HandClock) -> None:
        chunks = Chunks()
        hearing = await loop.begun(chunks.hear(loop))
        for number in range(20):
            await loop.move(LIMIT_S - 1)
            chunks.queue.put_nowait(b"%d" % number)
            await loop.move(0)
        chunks.queue.put_nowait(b"")
        await hearing
        assert len(chunks.heard) == 20

    on_hand_clock(story)


@pytest.mark.parametrize("chunks_before", [0, 1, 5])
def test_who_is_not_is_told_so(chunks_before: int) -> None:
    async def story(loop: HandClock) -> None:
        chunks = Chunks()
        hearing = await loop.begun(chunks.hear(loop))
        for _ in range(chunks_before):
            await loop.move(LIMIT_S / 2)
            chunks.queue.put_nowait(b"a")
            await loop.move(0)
        await loop.move(LIMIT_S - 0.1)
        assert not hearing.done()
        await loop.move(0.2)
        with pytest.raises(ProviderTimeout):
            await hearing
        assert hearing.cancelling() == 0

    on_hand_clock(story)


def test_the_listeners_own_time_is_not_the_providers() -> None:
    async def story(loop: HandClock) -> None:
        chunks = Chunks()
        chunks.busy.clear()
        hearing = await loop.begun(chunks.hear(loop))
        chunks.queue.put_nowait(b"a")
        for _ in range(5):
            await loop.move(LIMIT_S)
        chunks.busy.set()
        await loop.move(0)
        await loop.move(LIMIT_S - 1)
        assert not hearing.done()
        await loop.move(2)
        with pytest.raises(ProviderTimeout):
            await hearing

    on_hand_clock(story)


def test_there_is_one_timer_however_many_chunks_come_and_none_is_left() -> None:
    async def story(loop: HandClock) -> None:
        chunks = Chunks()
        hearing = await loop.begun(chunks.hear(loop))
        counts = []
        for _ in range(100):
            chunks.queue.put_nowait(b"a")
            await loop.move(1)
            counts.append(loop.timers())
        chunks.queue.put_nowait(b"")
        await hearing
        assert set(counts) == {1}
        assert loop.timers() == 0

    on_hand_clock(story)


def test_who_is_cancelled_by_somebody_else_is_cancelled() -> None:
    async def story(loop: HandClock) -> None:
        chunks = Chunks()
        hearing = await loop.begun(chunks.hear(loop))
        await loop.move(1)
        hearing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hearing
        assert loop.timers() == 0

    on_hand_clock(story)


@pytest.mark.parametrize("later_s", [-0.5, 0.5])
def test_who_is_cancelled_by_somebody_else_in_the_same_moment_is_cancelled_too(later_s: float) -> None:
    """Whichever comes first."""

    async def story(loop: HandClock) -> None:
        hearing = await loop.begun(Chunks().hear(loop))
        loop.call_at(loop.time() + LIMIT_S + later_s, hearing.cancel)
        await loop.move(LIMIT_S + 1)
        with pytest.raises(asyncio.CancelledError):
            await hearing

    on_hand_clock(story)


def test_a_failure_of_the_provider_is_its_own() -> None:
    async def story(loop: HandClock) -> None:
        with pytest.raises(ProviderUnavailable), Patience("openai", loop.time() + LIMIT_S, LIMIT_S):
            raise ProviderUnavailable("openai", "gone")
        assert loop.timers() == 0

    on_hand_clock(story)


def test_a_stream_may_pass_from_one_task_to_another() -> None:
    async def story(loop: HandClock) -> None:
        async def stream() -> AsyncGenerator[bytes, None]:
            with Patience("openai", loop.time() + LIMIT_S, LIMIT_S) as patience:
                await asyncio.sleep(0)
                patience.pause()
                yield b"a"
                patience.resume()
                await asyncio.Event().wait()

        async def next_of(chunks: AsyncGenerator[bytes, None]) -> None:
            assert await anext(chunks) == b"a"

        chunks = stream()
        first = await loop.begun(next_of(chunks))
        assert first.done()
        waiting = await loop.begun(next_of(chunks))
        await loop.move(LIMIT_S + 1)
        with pytest.raises(ProviderTimeout):
            await waiting

    on_hand_clock(story)
