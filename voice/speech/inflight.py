"""Identical requests at the same moment, made once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any, Final, Generic, TypeAlias, TypeVar

import structlog

from accounts.account import Account
from accounts.errors import AccountError
from accounts.rates import Rate
from voice.cache.index import Entry
from voice.cache.store import StoredAudio
from voice.domain.errors import SpeechError, SynthesisBroken
from voice.speech.transmission import Transmission

T = TypeVar("T", bound=Transmission)
Stored: TypeAlias = tuple[Entry, StoredAudio]

log = structlog.get_logger(__name__)


class Job(Generic[T]):
    """Something that was asked for: found in the cache, or made while everybody listens to its ``broadcast``.

    ``making`` ends with what was found or made. It is a task of its own, and may outlive those who listen.
    ``characters`` are those that a voice was given to say: none when one had said them before. ``rate`` is how the
    throttle of the account it is made on stands; ``refused`` is that account, once it was found that it may not be.
    """

    making: asyncio.Task[Entry]

    def __init__(self, broadcast: T) -> None:
        self.broadcast = broadcast
        self.characters = 0
        self.rate: Rate | None = None
        self.refused: Account | None = None
        self._found: asyncio.Future[Stored | None] = asyncio.get_running_loop().create_future()

    def tell_found(self, found: Stored | None) -> None:
        """Say what the cache had; only the first word counts."""
        if not self._found.done():
            self._found.set_result(found)

    def refuse(self, error: SpeechError | AccountError, account: Account | None) -> None:
        """Say that it will not be made, on account of ``account``. Who asks from now on starts anew."""
        self.refused = account
        self.broadcast.end(SynthesisBroken("It may not be made."))
        if not self._found.done():
            self._found.set_exception(error)
            self._found.exception()  # told to those who wait; where nobody does, nobody misses it

    async def found(self) -> Stored | None:
        """Wait until the cache was looked into; what it had. None: it is being made.

        Raises:
            SpeechError, AccountError: it had nothing, and it may not be made.
        """
        return await asyncio.shield(self._found)

    def when_made(self, tell: Callable[[float], None]) -> None:
        """Call ``tell`` with the seconds of audio once they are made; 0 if it fails."""
        self.making.add_done_callback(lambda task: tell(0.0 if _failed(task) else task.result().duration_s))


Work: TypeAlias = Callable[[Job[T]], Coroutine[Any, Any, Entry]]


class InFlight:
    """What is being looked for or made in this process, by key."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job[Any]] = {}
        self._making: set[asyncio.Task[Entry]] = set()

    def find(self, key: str) -> Job[Any] | None:
        """The job of ``key``, if there is one now."""
        return self._jobs.get(key)

    def join_or_start(self, key: str, work: Work[T], transmission: type[T]) -> tuple[Job[T], bool]:
        """The job of ``key``, and whether somebody else had started it already.

        One that is too late to be heard whole, by its ``transmission``, goes on beside the new one.
        """
        running = self._jobs.get(key)
        if running is not None and running.broadcast.is_open:
            return running, True
        job = self._jobs[key] = Job(transmission())
        # An empty context: the job must not hang on the database thread of the request that started it.
        job.making = asyncio.get_running_loop().create_task(work(job), context=Context())
        self._making.add(job.making)
        job.making.add_done_callback(lambda _: self._end(key, job))
        return job, False

    async def settle(self, timeout_s: float) -> None:
        """Let what is being made come to its end, for ``timeout_s`` at most; cancel the rest."""
        if self._making:
            _, late = await asyncio.wait(self._making, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _end(self, key: str, job: Job[T]) -> None:
        self._making.discard(job.making)
        if self._jobs.get(key) is job:  # the next one may have begun already
            del self._jobs[key]
        if _failed(job.making):
            # The work ends its broadcast itself; this is for one that was cancelled or has a fault.
            job.tell_found(None)
            job.broadcast.end(SynthesisBroken("The synthesis was broken off."))
            _log_fault(job.making)


def _failed(making: asyncio.Task[Entry]) -> bool:
    """Whether a finished task made nothing."""
    return making.cancelled() or making.exception() is not None


def _log_fault(making: asyncio.Task[Entry]) -> None:
    """Log a failure nobody foresaw: a foreseen one has been told to those who listen."""
    error = None if making.cancelled() else making.exception()
    if error is not None and not isinstance(error, SpeechError | AccountError):
        log.error("producer_failed", exc_info=error)


in_flight: Final = InFlight()
