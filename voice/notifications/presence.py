"""Whether somebody still has a tab open, in whichever process."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from voice.notifications.post import Unreachable, post

GRACE_S: Final = 5.0
"""A page that is loaded anew, or lost its connection for a moment, is back within this."""


async def gone(user_id: int) -> None:
    """Wait until ``user_id`` has closed their last tab, and not come back; for ever, where that cannot be known."""
    with suppress(Unreachable):
        async with post().watch(user_id) as signs:
            while True:
                if not await signs.get() and not await _comes_back(signs):
                    return
    await asyncio.Event().wait()


async def _comes_back(signs: asyncio.Queue[bool]) -> bool:
    """Whether somebody who closed a tab is seen again before long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(GRACE_S):
            while not await signs.get():
                pass
            return True
    return False
