"""Looking after providers that are out of order, so that no listener has to find out whether they are back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Final

from voice.domain.voice import VoiceId
from voice.providers.choosing import choose_model
from voice.providers.registry import provider
from voice.speech.availability import Availability, availability
from voice.speech.trial import try_out

IDLE_S: Final = 300.0
"""A provider nobody has asked for this long is not worth a call."""


class Probes:
    """A task for each provider that is out of order and asked for: it tries, with growing pauses, until it speaks.

    ``say`` has a provider say a word and tells ``availability``, which knows the pauses, how that came out.
    """

    def __init__(
        self,
        availability: Availability,
        say: Callable[[str], Awaitable[None]],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._availability = availability
        self._say = say
        self._clock = clock
        self._sleep = sleep
        self._asked_at_s: dict[str, float] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def see_to(self, name: str) -> None:
        """Somebody has asked for the provider ``name``: look after it if it is out of order."""
        if not self._availability.is_open(name):
            return
        self._asked_at_s[name] = self._clock()
        if name not in self._tasks:
            # An empty context: it must not hang on the database thread of the request that started it.
            task = asyncio.get_running_loop().create_task(self._look_after(name), context=Context())
            self._tasks[name] = task
            task.add_done_callback(lambda ended: self._end(name, ended))

    async def close(self) -> None:
        """End every task."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look_after(self, name: str) -> None:
        while self._availability.is_open(name) and self._clock() - self._asked_at_s[name] < IDLE_S:
            await self._sleep(self._availability.wait_s(name))
            await self._say(name)

    def _end(self, name: str, ended: asyncio.Task[None]) -> None:
        if self._tasks.get(name) is ended:
            del self._tasks[name]
        self._availability.relieve(name)


async def say_a_word(name: str) -> None:
    """Have the provider ``name`` say a word that nobody hears; the call tells how that came out."""
    voice = VoiceId(name, provider(name).voices[0].name)
    await try_out(voice, choose_model("", voice))


probes: Final = Probes(availability, say_a_word)
"""Of this process."""
