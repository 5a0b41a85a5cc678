"""Whoever in this process wants to know of one person: their tabs, and those who wait for them to leave."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final, TypeAlias

from voice.notifications.notify import Notice


@dataclass(frozen=True, slots=True)
class Since:
    """A note among the letters of a tab: it asks for all after ``cursor``; None is a moment ago."""

    cursor: int | None


class LookAgain:
    """Another: a letter may have been lost, while Redis was away or with the process that was to send it."""


Box: TypeAlias = asyncio.Queue[Notice | Since | LookAgain]
Signs: TypeAlias = asyncio.Queue[bool]

BOX_SIZE: Final = 100
"""Notices a tab may be behind. One that is further behind has to come again, and ask what it missed."""


class Household:
    """The boxes of somebody's tabs, and those in which it is told whether there are any."""

    def __init__(self) -> None:
        self.boxes: set[Box] = set()
        self.watchers: set[Signs] = set()

    @property
    def is_empty(self) -> bool:
        """Whether nobody wants to know any longer."""
        return not self.boxes and not self.watchers

    def tell(self, notice: Notice) -> None:
        """Put ``notice`` into every box that has room."""
        for box in self.boxes:
            if not box.full():
                box.put_nowait(notice)

    def sign(self, *, here: bool) -> None:
        """Say that a tab is open somewhere, or that the last one of some process was closed."""
        for signs in self.watchers:
            signs.put_nowait(here)
