"""The one bridge for blocking engines: worker threads, as many as there are cores, so the event loop never waits."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")

CORES: Final = os.cpu_count() or 1

# The pool is the CPU semaphore: first come, first served, and bound to no event loop. A listener has at most one piece
# of work in its queue, so the queue is never longer than there are listeners.
_workers: Final = ThreadPoolExecutor(CORES, thread_name_prefix="engine")


async def run(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``work(*args, **kwargs)``, done in a worker thread; what it raises is raised here."""
    return await asyncio.get_running_loop().run_in_executor(_workers, partial(work, *args, **kwargs))


async def stream(make: Callable[[], Iterator[T]]) -> AsyncGenerator[T, None]:
    """The items of the blocking iterator ``make()``, each pulled in a worker thread when it is asked for.

    A worker is held only while one item is made, so more listeners than cores take turns. Closing the stream, or
    cancelling its reader, stops the work before the next item and closes the blocking iterator.
    """
    items = _made(make)
    pull: Future[tuple[T] | None] | None = None
    try:
        while True:
            pull = _workers.submit(_next, items)
            boxed = await asyncio.wrap_future(pull)
            if boxed is None:
                return
            yield boxed[0]
    finally:
        if pull is not None:
            # A generator cannot be closed while it runs: this waits, without blocking, for the item being made.
            pull.add_done_callback(lambda _: items.close())


def _made(make: Callable[[], Iterator[T]]) -> Generator[T, None, None]:
    """``make()``'s items; ``make`` itself is called with the first of them, so in the worker as well."""
    yield from make()


def _next(items: Iterator[T]) -> tuple[T] | None:
    """The next item in a box, or None after the last: StopIteration cannot pass through a future."""
    for item in items:
        return (item,)
    return None
