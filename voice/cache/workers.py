"""Threads that wait for the storage and the index. A storage that hangs holds up nobody who asks for a quota."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from accounts.workers import Workers

P = ParamSpec("P")
T = TypeVar("T")

READ_TIMEOUT_S: Final = 3.0
"""How long somebody waits to hear what is stored."""

run: Final = Workers("cache").run


async def in_time(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same, for what is sooner made anew than waited for any longer.

    Raises:
        TimeoutError: it took longer than READ_TIMEOUT_S. Its thread is busy until the work comes to its own end.
    """
    async with asyncio.timeout(READ_TIMEOUT_S):
        return await run(work, *args, **kwargs)
