"""Several things a socket does at once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def until_one_ends(*work: Coroutine[Any, Any, None]) -> None:
    """Do all of ``work`` at once until one of it ends, by itself or with an error, which is raised here."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for error in [task.exception() for task in tasks if not task.cancelled()]:  # each is looked at, one is raised
        if error is not None:
            raise error
