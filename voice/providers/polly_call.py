"""One call of Polly, made in threads, which can be hung up on while a thread waits for the network."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final, TypeVar

from urllib3.exceptions import IncompleteRead
from urllib3.response import BaseHTTPResponse

T = TypeVar("T")

PIECE_BYTES: Final = 16_384
"""The most that is read at once; less is passed on as well, as soon as it has come."""

_at_work: Final = threading.local()
"""``call`` is the one this thread is beginning."""


class Call:
    """One request and its answer; ``close`` it in the end, however it came out.

    A thread is held only while it asks or reads, and it reads only when it is asked to.
    """

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._work: Future[Any] | None = None
        self._socket: socket.socket | None = None
        self._body: BaseHTTPResponse | None = None
        self._closed = False

    async def begin(self, answer: Callable[[], Any]) -> str:
        """Have ``answer()`` ask for it, which blocks; the content type, when the answer begins.

        Raises:
            BotoCoreError, ClientError: there is none, or it is a refusal.
        """
        return await self._in_thread(lambda: self._begin(answer))

    async def read(self) -> bytes:
        """What has come of the body; empty after its end.

        Raises:
            HTTPError: urllib3's: the connection broke before the end.
        """
        return await self._in_thread(self._read)

    def close(self) -> None:
        """Hang up, unless the answer was read to its end. This waits for nothing, not even for a thread that reads."""
        self._closed = True
        work, self._work = self._work, None
        if work is not None:
            if not work.done():
                self._hang_up()
            work.add_done_callback(lambda _: self._let_go())

    def waits_on(self, connected: socket.socket) -> None:
        """Take note of what a thread waits on: it wakes up only when that comes to its end."""
        self._socket = connected
        if self._closed:
            self._hang_up()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        self._work = submitted = self._threads.submit(work)
        return await asyncio.wrap_future(submitted)

    def _begin(self, answer: Callable[[], Any]) -> str:
        _at_work.call = self
        try:
            begun = answer()
        finally:
            del _at_work.call  # or an idle thread would hold on to the answer, and that to its connection
        # What is beneath botocore's wrapper, for that waits until it has all the bytes it is to return.
        self._body = begun["AudioStream"].__enter__()
        return str(begun.get("ContentType", ""))

    def _read(self) -> bytes:
        assert self._body is not None  # noqa: S101  # it begins before it is read
        piece = self._body.read1(PIECE_BYTES)
        if not piece and self._body.length_remaining:
            raise IncompleteRead(0, self._body.length_remaining)
        return piece

    def _hang_up(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # it has come to its end by itself
                self._socket.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._body is not None:
            self._body.close()


def show(connected: socket.socket) -> None:
    """Tell the call that this thread is beginning what it waits on."""
    _at_work.call.waits_on(connected)
