"""Reads somebody's box to one of their tabs: first what was missed, then what comes, each once and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from django.db import DatabaseError

from accounts import workers
from voice.consumers.closing import Closing, Code
from voice.notifications import journal
from voice.notifications.household import Box, LookAgain, Since
from voice.notifications.notify import Notice

Tell: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]

PATIENCE_S: Final = 1.0
"""A client that has not said by then where it is has heard nothing yet."""


class Reader:
    """What a tab is told. Until it is known where the tab is, it is told nothing that has a place in the order.

    What has none, since nobody could look it up again, is passed on as it comes.
    """

    def __init__(self, user_id: int, box: Box, tell: Tell) -> None:
        self._user_id = user_id
        self._box = box
        self._tell = tell
        self._told: int | None = None

    def go_back_to(self, cursor: int | None) -> None:
        """Tell everything after ``cursor`` (again), next; None is a moment ago."""
        self._note(Since(cursor))

    def look_again(self) -> None:
        """Tell what should have been told by now, and was not."""
        self._note(LookAgain())

    async def read(self) -> None:
        """Read, for as long as the tab is open.

        Raises:
            Closing: the tab is too slow, or what it missed cannot be looked up.
        """
        waiting = asyncio.get_running_loop().call_later(PATIENCE_S, self._begin)
        try:
            while True:
                await self._pass_on(await self._next())
        finally:
            waiting.cancel()

    def _begin(self) -> None:
        if self._told is None:
            self.go_back_to(None)

    def _note(self, note: Since | LookAgain) -> None:
        if not self._box.full():  # else the tab is too slow, which ``_next`` will find
            self._box.put_nowait(note)

    async def _next(self) -> Notice | Since | LookAgain:
        if self._box.full():
            raise Closing(Code.TRY_AGAIN, "Too slow: come again, and ask what you missed.")
        return await self._box.get()

    async def _pass_on(self, letter: Notice | Since | LookAgain) -> None:
        if isinstance(letter, Since):
            self._told = await self._catch_up(letter.cursor or journal.a_moment_ago())
            await self._tell({"type": "caught-up", "cursor": str(self._told)})
        elif isinstance(letter, LookAgain):
            self._told = await self._catch_up(self._told) if self._told else None
        elif "cursor" not in letter:
            await self._tell(letter)
        elif self._told is not None and (cursor := int(letter["cursor"])) > self._told:
            self._told = cursor
            await self._tell(letter)

    async def _catch_up(self, start: int) -> int:
        """Tell what came after ``start``; how far that is.

        Raises:
            Closing: it cannot be looked up.
        """
        try:
            missed = await workers.run(journal.missed, self._user_id, start)
        except DatabaseError:
            raise Closing(Code.TRY_AGAIN, "What you missed cannot be looked up just now.") from None
        for notice in missed:
            await self._tell(notice)
        return int(missed[-1]["cursor"]) if missed else start
