"""Storages that serve audio themselves, by signed addresses: whether one can be relied on for a piece of it now."""

from __future__ import annotations

from typing import Final, Protocol, runtime_checkable

from django.core.files.storage import Storage

from accounts.recent import Recent
from voice.cache import workers

REMEMBERED_S: Final = 24 * 3600.0
REMEMBERED: Final = 1_000


@runtime_checkable
class Server(Protocol):
    """A storage that others can fetch audio from."""

    def is_reliable(self) -> bool:
        """Whether it answered us a moment ago."""
        ...

    def exists(self, name: str) -> bool:
        """Whether an object is there."""
        ...

    def signed_url(self, name: str) -> str:
        """Where anybody can fetch an object, for a while."""
        ...


class Serving:
    """Knows where the storage serves a piece of audio. For one event loop."""

    def __init__(self, storage: Storage) -> None:
        self._server = storage if isinstance(storage, Server) else None
        self._missing: Recent[str, bool] = Recent(REMEMBERED_S, REMEMBERED)

    def is_there(self, path: str) -> None:
        """Note that the storage has it."""
        if self._server is not None:
            self._missing.drop(path)

    def is_not_there(self, path: str) -> None:
        """Note that the storage would not take it."""
        if self._server is not None:
            self._missing.put(path, True)

    async def url(self, path: str) -> str | None:
        """Its address there; None when there is none, or nobody would hear anything at it: the storage is down.

        A storage that answered a moment ago is believed; else it is asked for this piece.
        """
        if self._server is None or self._missing.get(path):
            return None
        try:
            there = self._server.is_reliable() or await workers.in_time(self._server.exists, path)
        except OSError:
            return None
        return self._server.signed_url(path) if there else None
