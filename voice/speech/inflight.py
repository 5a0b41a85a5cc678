"""Identical requests at the same moment, made once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context
from dataclasses import dataclass
from typing import Any, Final

import structlog

from voice.cache.index import Entry
from voice.domain.errors import SpeechError, SynthesisBroken
from voice.speech.broadcast import Broadcast

Produce = Callable[[Broadcast], Coroutine[Any, Any, Entry]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something being made: what is heard of it, and the task that makes it and ends with what it made."""

    broadcast: Broadcast
    making: asyncio.Task[Entry]

    def when_made(self, tell: Callable[[float], None]) -> None:
        """Call ``tell`` with the seconds of audio once they are made; 0 if it fails."""
        self.making.add_done_callback(lambda task: tell(0.0 if _failed(task) else task.result().duration_s))


class InFlight:
    """What is being made in this process, by key. A job is a task of its own and outlives those who listen."""

    def __init__(self) -> None:
        self.made = 0
        """How many jobs have come to their end."""
        self._jobs: dict[str, Job] = {}

    def find(self, key: str) -> Job | None:
        """The job of ``key``, if it is being made."""
        return self._jobs.get(key)

    def join_or_start(self, key: str, produce: Produce) -> tuple[Job, bool]:
        """The job of ``key``, and whether somebody else had started it already."""
        if (running := self._jobs.get(key)) is not None:
            return running, True
        broadcast = Broadcast()
        # An empty context: the job must not hang on the database thread of the request that started it.
        making = asyncio.get_running_loop().create_task(produce(broadcast), context=Context())
        job = self._jobs[key] = Job(broadcast, making)
        making.add_done_callback(lambda _: self._end(key, job))
        return job, False

    async def settle(self, timeout_s: float) -> None:
        """Let what is being made come to its end, for ``timeout_s`` at most; cancel the rest."""
        making = [job.making for job in self._jobs.values()]
        if making:
            _, late = await asyncio.wait(making, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _end(self, key: str, job: Job) -> None:
        self.made += 1
        del self._jobs[key]
        if _failed(job.making):
            # A producer ends its broadcast itself; this is for one that was cancelled or has a fault.
            job.broadcast.end(SynthesisBroken("The synthesis was broken off."))
            _log_fault(job.making)


def _failed(making: asyncio.Task[Entry]) -> bool:
    """Whether a finished task made nothing."""
    return making.cancelled() or making.exception() is not None


def _log_fault(making: asyncio.Task[Entry]) -> None:
    """Log a failure nobody foresaw: a foreseen one has been told to those who listen."""
    error = None if making.cancelled() else making.exception()
    if error is not None and not isinstance(error, SpeechError):
        log.error("producer_failed", exc_info=error)


in_flight: Final = InFlight()
