"""The post of this process: one channel for everybody whose tabs are open here, and a box for each tab."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from typing import Any, Final

import structlog
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from accounts.per_loop import PerLoop
from voice.notifications.household import BOX_SIZE, Box, Household, Signs
from voice.notifications.notify import NOTICE, group_of, tell_presence

log = structlog.get_logger(__name__)


class Unreachable(Exception):
    """What carries letters between processes cannot be reached."""


class Post:
    """Takes what comes for the people whose tabs are open here, and puts it into their boxes.

    Channels would give each tab a channel of its own; five hundred of them would then copy, queue and read each notice
    five hundred times. So the process has one, in the groups of those who are here.
    """

    def __init__(self) -> None:
        self._layer: Any = get_channel_layer()
        self._households: dict[int, Household] = {}
        self._channel = ""
        self._delivering: asyncio.Task[None] | None = None
        self._moving = asyncio.Lock()

    def tabs_of(self, user_id: int) -> int:
        """How many tabs ``user_id`` has open here."""
        household = self._households.get(user_id)
        return len(household.boxes) if household else 0

    @asynccontextmanager
    async def box(self, user_id: int) -> AsyncIterator[Box]:
        """A box for a tab, in which everything arrives that ``user_id`` is told from now on.

        Raises:
            Unreachable: nothing would.
        """
        box: Box = asyncio.Queue(BOX_SIZE)
        async with self._household(user_id) as household:
            household.boxes.add(box)
            try:
                if len(household.boxes) == 1:
                    await tell_presence(user_id, here=True)
                yield box
            finally:
                household.boxes.discard(box)
                if not household.boxes:
                    await tell_presence(user_id, here=False)

    @asynccontextmanager
    async def watch(self, user_id: int) -> AsyncIterator[Signs]:
        """Whether ``user_id`` has tabs, each time a first one opens or a last one closes.

        Raises:
            Unreachable: nobody would know.
        """
        signs: Signs = asyncio.Queue()
        async with self._household(user_id) as household:
            household.watchers.add(signs)
            try:
                yield signs
            finally:
                household.watchers.discard(signs)

    @asynccontextmanager
    async def _household(self, user_id: int) -> AsyncIterator[Household]:
        """The household of ``user_id``, in their group while anybody is in it."""
        async with self._moving:
            household = self._households.get(user_id) or await self._moved_in(user_id)
        try:
            yield household
        finally:
            async with self._moving:
                if household.is_empty:
                    await self._move_out(user_id)

    async def _moved_in(self, user_id: int) -> Household:
        """A new household, with what comes for it from now on. The very first starts delivery.

        Raises:
            Unreachable: nothing would come.
        """
        try:
            self._channel = self._channel or await self._layer.new_channel()
            await self._layer.group_add(group_of(user_id), self._channel)
        except (RedisError, OSError) as error:
            log.warning("notifications_unreachable", error=type(error).__name__)
            raise Unreachable from error
        if self._delivering is None:
            # An empty context: it outlives the tab that opened first.
            self._delivering = asyncio.get_running_loop().create_task(self._deliver(), context=Context())
        self._households[user_id] = Household()
        return self._households[user_id]

    async def _move_out(self, user_id: int) -> None:
        """Give a household up; with the very last, delivery."""
        if self._households.pop(user_id, None) is None:
            return  # two left at the same moment
        with suppress(RedisError, OSError):  # what still comes for them is thrown away
            await self._layer.group_discard(group_of(user_id), self._channel)
        if not self._households and self._delivering is not None:
            delivering, self._delivering, self._channel = self._delivering, None, ""
            delivering.cancel()
            await asyncio.wait({delivering})

    async def _deliver(self) -> None:
        """Hand over what comes, for as long as there is anybody to hand it to."""
        while True:
            letter = await self._layer.receive(self._channel)
            household = self._households.get(letter["to"])
            if household is None:
                continue
            if letter["type"] == NOTICE:
                household.tell(letter["notice"])
                continue
            household.sign(here=letter["here"])
            if household.boxes and not letter["here"]:  # elsewhere the last tab was closed: not here
                await tell_presence(letter["to"], here=True)


_posts: Final = PerLoop(Post)


def post() -> Post:
    """The post of this process."""
    return _posts.here()
