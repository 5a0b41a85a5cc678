"""The post of this process: one channel for all its tabs, and a box for each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from typing import Any, Final, TypeAlias

import structlog
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from accounts.per_loop import PerLoop
from voice.notifications.notify import Notice, group_of

Box: TypeAlias = asyncio.Queue[Notice]

BOX_SIZE: Final = 100
"""Notices a tab may be behind. One that is further behind loses its box, comes again, and asks what it missed."""

log = structlog.get_logger(__name__)


class Overflowing(Exception):
    """A tab reads so slowly that its box is full."""


class Unreachable(Exception):
    """What carries notices between processes cannot be reached."""


class Post:
    """Takes what comes for the people whose tabs are open here, and puts it into their boxes.

    Channels would give each tab a channel of its own; five hundred of them would then copy, queue and read each notice
    five hundred times. So the process has one, in the groups of those who are here.
    """

    def __init__(self) -> None:
        self._layer: Any = get_channel_layer()
        self._boxes: dict[int, set[Box]] = {}
        self._channel = ""
        self._delivering: asyncio.Task[None] | None = None
        self._moving = asyncio.Lock()

    @asynccontextmanager
    async def box(self, user_id: int) -> AsyncIterator[Box]:
        """A box in which everything arrives that ``user_id`` is told from now on.

        Raises:
            Unreachable: nothing would.
        """
        box: Box = asyncio.Queue(BOX_SIZE)
        async with self._moving:
            await self._move_in(user_id, box)
        try:
            yield box
        finally:
            async with self._moving:
                await self._move_out(user_id, box)

    async def _move_in(self, user_id: int, box: Box) -> None:
        """Take ``box`` in; for somebody's first, join their group."""
        if user_id not in self._boxes:
            try:
                self._channel = self._channel or await self._layer.new_channel()
                await self._layer.group_add(group_of(user_id), self._channel)
            except (RedisError, OSError) as error:
                log.warning("notifications_unreachable", error=type(error).__name__)
                raise Unreachable from error
        self._boxes.setdefault(user_id, set()).add(box)
        if self._delivering is None:
            # An empty context: it outlives the tab that opened first.
            self._delivering = asyncio.get_running_loop().create_task(self._deliver(), context=Context())

    async def _move_out(self, user_id: int, box: Box) -> None:
        """Let ``box`` go; with somebody's last leave their group, with the very last stop."""
        self._boxes[user_id].discard(box)
        if self._boxes[user_id]:
            return
        del self._boxes[user_id]
        with suppress(RedisError, OSError):  # what still comes for them is thrown away
            await self._layer.group_discard(group_of(user_id), self._channel)
        if not self._boxes and self._delivering is not None:
            delivering, self._delivering, self._channel = self._delivering, None, ""
            delivering.cancel()
            await asyncio.wait({delivering})

    async def _deliver(self) -> None:
        """Put what comes into the boxes, for as long as there are any."""
        while True:
            letter = await self._layer.receive(self._channel)
            for box in self._boxes.get(letter["to"], ()):
                if not box.full():  # else its tab is told when it looks: see ``taken``
                    box.put_nowait(letter["notice"])


async def taken(box: Box) -> Notice:
    """The next notice in ``box``.

    Raises:
        Overflowing: it was full, and what came then is not in it.
    """
    if box.full():
        raise Overflowing
    return await box.get()


_posts: Final = PerLoop(Post)


def post() -> Post:
    """The post of this process."""
    return _posts.here()
