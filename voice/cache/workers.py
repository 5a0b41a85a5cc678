"""Threads that wait for the storage and the index. A storage that hangs holds up nobody who asks for a quota."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from django.conf import settings

from accounts.workers import Workers

P = ParamSpec("P")
T = TypeVar("T")

run: Final = Workers("cache").run


async def in_time(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same, for what is sooner made anew than waited for any longer.

    Raises:
        TimeoutError: it took longer than TTS_STORAGE_TIMEOUT. Its thread is busy until the work comes to its own end.
    """
    async with asyncio.timeout(settings.TTS_STORAGE_TIMEOUT):
        return await run(work, *args, **kwargs)
