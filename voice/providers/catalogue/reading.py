"""The catalogue as it was a moment ago: read at most every five seconds, and waited for only after a change."""

from __future__ import annotations

import asyncio
import time
from contextvars import Context
from functools import cache
from typing import Final

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error, close_old_connections, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.recent import TRUST_S
from voice.models import ProviderModel, Speaker, Voice
from voice.providers.catalogue import rows
from voice.providers.catalogue.snapshot import Catalogue
from voice.providers.registry import chain

PATIENCE_S: Final = 0.25
"""How long a request waits for the rows before it goes by what was read before: a database may hang."""

log = structlog.get_logger(__name__)


class Reader:
    """Keeps the last catalogue; one reads the next while everybody waits for the same."""

    def __init__(self) -> None:
        self._catalogue: Catalogue | None = None
        self._read_for: list[str] = []
        self._tried_for: list[str] = []
        self._trusted_until_s = 0.0
        self._changes = 0
        self._reading: asyncio.Task[None] | None = None

    def current(self) -> Catalogue:
        """The last catalogue, without waiting; before the first one, what providers declare."""
        if self._catalogue is None or self._read_for != settings.TTS_PROVIDER:
            return _declared(tuple(settings.TTS_PROVIDER))
        return self._catalogue

    async def fresh(self) -> Catalogue:
        """The catalogue. One that is only old serves once more while the next is read; one that is wrong is waited for.

        Wrong is one whose rows have changed in this process, or that was read for another chain.
        """
        is_wrong = self._trusted_until_s == 0.0 or self._tried_for != settings.TTS_PROVIDER
        if is_wrong:
            await asyncio.wait({self._next()}, timeout=PATIENCE_S)
        elif time.monotonic() >= self._trusted_until_s:
            self._next()
        return self.current()

    def read(self) -> Catalogue:
        """Read it now, on this thread.

        Raises:
            Error: the database cannot be read.
        """
        names, changes = list(settings.TTS_PROVIDER), self._changes
        self._tried_for = names
        self._catalogue, self._read_for = rows.refined(chain()), names
        if changes == self._changes:  # else a row changed while the rows were read: they may be the old ones
            self._trusted_until_s = time.monotonic() + TRUST_S
        return self._catalogue

    def expire(self) -> None:
        """Read it again before it is next relied on: a row has changed."""
        self._changes += 1
        self._trusted_until_s = 0.0

    def forget(self) -> None:
        """Know nothing of what was read: another database comes, as with every test."""
        self.expire()
        self._catalogue = None

    def _next(self) -> asyncio.Task[None]:
        """The read that is going on, or a new one."""
        loop = asyncio.get_running_loop()
        running = self._reading
        if running is None or running.done() or running.get_loop() is not loop:
            # An empty context: the read is everybody's, and must not hang on the database thread of one request.
            running = self._reading = loop.create_task(self._read(), context=Context())
        return running

    async def _read(self) -> None:
        try:
            await sync_to_async(self._read_in_thread)()
        except Error as error:
            log.warning("catalogue_unreadable", error=type(error).__name__)
            self._trusted_until_s = time.monotonic() + TRUST_S  # until then nobody else need try

    def _read_in_thread(self) -> None:
        close_old_connections()
        self.read()


@cache
def _declared(_names: tuple[str, ...]) -> Catalogue:
    """What the providers of the chain declare, which ``_names`` are the names of."""
    return rows.declared(chain())


_reader: Final = Reader()
current = _reader.current
fresh = _reader.fresh
read = _reader.read
expire = _reader.expire
forget = _reader.forget


@receiver([post_save, post_delete], sender=Voice)
@receiver([post_save, post_delete], sender=Speaker)
@receiver([post_save, post_delete], sender=ProviderModel)
def _see_change(**_: object) -> None:
    """What is changed here is seen here at once; in other processes within TRUST_S."""
    transaction.on_commit(expire)
