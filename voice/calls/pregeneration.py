"""A reply's audio, made before anybody presses its icon: beside the reply, never in its way."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from contextvars import Context
from typing import Any, Final
from uuid import UUID

import structlog
from django.conf import settings

from accounts import workers
from accounts.account import Account
from accounts.errors import AccountError
from accounts.features import Feature
from voice.cache.index import Entry
from voice.calls import leases
from voice.calls.messages import as_spoken
from voice.calls.readiness import ready_duration_s
from voice.domain.errors import SpeechError
from voice.models import Message
from voice.notifications import journal
from voice.notifications.journal import Outcome
from voice.notifications.notify import notify
from voice.notifications.telling import told
from voice.speech.speak import speak
from voice.speech.speech import Live

log = structlog.get_logger(__name__)


def is_wanted(account: Account) -> bool:
    """Whether audio is made ahead for ``account``: where it is kept, and by those who may."""
    allowed = {Feature.SPEECH, Feature.PREFETCH} <= account.features
    return allowed and settings.TTS_ENABLED and settings.TTS_STORAGE != "off"


class Pregeneration:
    """What this process makes ahead: one task a message, which is leased to it."""

    def __init__(self) -> None:
        self._making: dict[asyncio.Task[None], list[UUID]] = {}

    @property
    def message_ids(self) -> list[UUID]:
        """What is being made, or waits its turn."""
        return [message_id for message_ids in self._making.values() for message_id in message_ids]

    def start(self, message: Message, account: Account) -> None:
        """Have the audio of ``message`` made, and its owner's tabs told. Nobody waits for it."""
        self.watch([message], make(message, account))

    def watch(self, messages: Iterable[Message], work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do ``work`` for ``messages``, whose leases are renewed meanwhile, and left to others if this process ends."""
        # An empty context: it must not hang on the database thread of the request that started it.
        task = asyncio.get_running_loop().create_task(work, context=Context())
        self._making[task] = [message.pk for message in messages]
        task.add_done_callback(self._end)
        return task

    async def settle(self, timeout_s: float) -> None:
        """Let what is being made come to its end, for ``timeout_s`` at most; leave the rest to the next process."""
        if not self._making:
            return
        await asyncio.wait(self._making, timeout=timeout_s)
        unfinished, late = self.message_ids, list(self._making)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if unfinished:
            await workers.run(leases.release, unfinished)

    def _end(self, task: asyncio.Task[None]) -> None:
        del self._making[task]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("pregeneration_failed", exc_info=error)  # unforeseen: its lease lapses, and it is tried again


async def make(message: Message, account: Account) -> None:
    """Make the audio of ``message``, write down how that ended, and tell its owner's tabs."""
    try:
        outcome = await outcome_of(message, account)
    except AccountError as error:
        outcome = Outcome(error=told(error))
    await tell(message.pk, outcome)


async def outcome_of(message: Message, account: Account) -> Outcome:
    """Make the audio of ``message``, if nobody did before; how that ended.

    Raises:
        AccountError: it may not be made on this account just now.
    """
    try:
        duration_s = await ready_duration_s(message, account)
        return Outcome(await _made_s(message, account) if duration_s is None else duration_s)
    except SpeechError as error:
        return Outcome(error=told(error))


async def tell(message_id: UUID, outcome: Outcome) -> None:
    """Write down how the making of a message's audio ended, and tell its owner's tabs."""
    settled = await workers.run(journal.settle, message_id, leases.WORKER, outcome)
    if settled is not None:
        await notify(*settled)


async def _made_s(message: Message, account: Account) -> float:
    """How long the audio of ``message`` lasts, once it is made.

    Raises:
        SpeechError, AccountError: it will not be.
    """
    speech = await speak(as_spoken(message, account), account.about(message.call_id, message.pk))
    entry: Entry | None = await speech.made() if isinstance(speech, Live) else speech.entry
    assert entry is not None  # noqa: S101  # there is no time limit on it
    return entry.duration_s


pregeneration: Final = Pregeneration()
