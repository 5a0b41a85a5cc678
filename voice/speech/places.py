"""How many calls of a provider this process makes at once: whoever comes beyond that waits for a place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakKeyDictionary

from voice.domain.errors import ProviderRateLimited
from voice.providers.provider import Provider


class Places:
    """The places of every provider that limits them (``rules().at_once``), by event loop; first come, first served."""

    def __init__(self) -> None:
        self._places: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Semaphore]] = WeakKeyDictionary()

    @asynccontextmanager
    async def taken(self, speaker: Provider, until_s: float) -> AsyncIterator[None]:
        """Hold a place, once there is one; it is given back on leaving, whichever the way.

        Raises:
            ProviderRateLimited: there was none until ``until_s`` of the event loop's clock.
        """
        places = self._of(speaker)
        if places is None:
            yield
            return
        try:
            async with asyncio.timeout_at(until_s):
                await places.acquire()
        except TimeoutError:
            raise ProviderRateLimited(speaker.name, "As many calls as it allows were under way.") from None
        try:
            yield
        finally:
            places.release()

    @asynccontextmanager
    async def spare(self, speaker: Provider) -> AsyncIterator[bool]:
        """Hold another place if that takes nobody's: if one is free at once. Whether it is so."""
        places = self._of(speaker)
        if places is None or places.locked():
            yield places is None
            return
        async with places:
            yield True

    def _of(self, speaker: Provider) -> asyncio.Semaphore | None:
        at_once = speaker.rules().at_once
        if at_once is None:
            return None
        of_this_loop = self._places.setdefault(asyncio.get_running_loop(), {})
        if speaker.name not in of_this_loop:
            of_this_loop[speaker.name] = asyncio.Semaphore(at_once)
        return of_this_loop[speaker.name]


places: Final = Places()
"""Those of this process."""
