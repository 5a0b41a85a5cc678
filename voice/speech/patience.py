"""Waits for chunks, but not for ever: one timer a stream, however many chunks come."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from voice.domain.errors import ProviderTimeout


class Patience:
    """A context in which its task waits for a provider, and never longer than it may.

    It waits from the start, until ``until_s`` (of the event loop's clock) at most: the first chunk is due then. From
    there on ``pause`` says that a chunk has come and ``resume`` that the next one is awaited, for ``limit_s`` at most;
    the time between the two is the listener's and counts for nothing. Both only note the time. The one timer looks at
    the notes when it fires, and sets itself anew.

    Raises:
        ProviderTimeout: on leaving, in place of the cancellation that the timer ended the waiting with.
    """

    def __init__(self, provider: str, until_s: float, limit_s: float) -> None:
        self._provider = provider
        self._limit_s = limit_s
        self._due_s = until_s
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Task[Any] | None = None
        self._is_over = False

    def pause(self) -> None:
        """Stop waiting: there is a chunk to see to."""
        self._waiting = None

    def resume(self) -> None:
        """Wait for the next chunk, in whichever task asks for it."""
        self._due_s = self._loop.time() + self._limit_s
        self._waiting = asyncio.current_task(self._loop)

    def __enter__(self) -> Self:
        self._waiting = asyncio.current_task(self._loop)
        self._timer = self._loop.call_at(self._due_s, self._look)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._timer.cancel()
        task, self._waiting = self._waiting, None
        # Somebody else may have cancelled the task in the same moment: then it is to end, and not to go on.
        if task and self._is_over and not task.uncancel() and kind is asyncio.CancelledError:
            raise ProviderTimeout(self._provider, f"No audio within {self._limit_s:g} s.") from None

    def _look(self) -> None:
        """End the waiting if it has lasted too long; else look again when it may have."""
        now_s = self._loop.time()
        if self._waiting is None:
            self._timer = self._loop.call_at(now_s + self._limit_s, self._look)
        elif now_s < self._due_s:
            self._timer = self._loop.call_at(self._due_s, self._look)
        elif not self._waiting.cancelling():  # else it ends already
            self._is_over = True
            self._waiting.cancel()
