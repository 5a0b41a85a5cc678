"""Threads that wait for the database and the storage, so the event loop does not: one trip for all a step has to do.

Each keeps its own database connection for as long as it lives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 8
"""A storage across a network takes a tenth of a second for a file; a disk would need one of these."""


class Workers:
    """A few threads, called ``name``."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix=name)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``work(*args, **kwargs)``, done in one of the threads; what it raises is raised here."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: _work(work, *args, **kwargs))


def _work(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    close_old_connections()  # outside a request nobody else looks after this thread's connection
    return work(*args, **kwargs)


run: Final = Workers("accounts").run
