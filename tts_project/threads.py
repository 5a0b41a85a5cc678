"""Threads that keep their database connection, lent to requests that need one.

Django under ASGI starts a thread for every request that touches the database, and a connection with it: 1.1 ms on
SQLite where the query itself takes 0.03 (docs/performance.md). Here a few threads live as long as the process; each
keeps its connection, and a request's blocking calls all run on one of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final, ParamSpec, TypeVar

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """One thread, and how many visits share it just now."""

    def __init__(self, number: int) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{number}")
        self.visits = 0


class Visit(Executor):
    """A request's way onto its lane; knows whether it was ever taken."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self.used = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run ``fn`` on the lane's thread."""
        self.used = True
        return self._lane.thread.submit(fn, *args, **kwargs)


_lanes: Final[list[Lane]] = []


@asynccontextmanager
async def visit() -> AsyncIterator[Visit]:
    """Run the blocking calls made inside (``sync_to_async``, the ORM) on the quietest lane."""
    if not _lanes:
        _lanes.extend(Lane(number) for number in range(settings.DATABASE_THREADS))
    lane = min(_lanes, key=lambda candidate: candidate.visits)
    lane.visits += 1
    try:
        way = Visit(lane)
        async with ThreadSensitiveContext(executor=way):
            yield way
    finally:
        lane.visits -= 1
