"""An object as a file that is read while it comes."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

Get = Callable[..., Any]
Watch = Callable[[], AbstractContextManager[None]]


class ObjectStream(io.RawIOBase):
    """The bytes of an object, from one request for as long as they are read in a row.

    ``get`` asks for the object, and takes a ``Range`` and an ``IfMatch``; ``watch`` watches each step. An object that
    is replaced meanwhile ends with an error: it never goes on with the bytes of another.
    """

    def __init__(self, get: Get, watch: Watch) -> None:
        super().__init__()
        self._get = get
        self._watch = watch
        self._at = 0
        answer = get()
        self._etag: str = answer["ETag"]
        self._body: Any = answer["Body"]
        self.size: int = answer["ContentLength"]

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is: elsewhere costs a request."""
        return True

    def tell(self) -> int:
        """Where the next byte is."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to another place."""
        at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if at != self._at:
            self._leave()
            self._at = at
        return at

    def read(self, size: int | None = -1) -> bytes:
        """The next ``size`` bytes, or all that are left.

        Raises:
            StoreFailed: they do not come.
        """
        if self._at >= self.size:
            return b""
        with self._watch():
            if self._body is None:
                self._body = self._get(Range=f"bytes={self._at}-", IfMatch=self._etag)["Body"]
            data: bytes = self._body.read(None if size is None or size < 0 else size)
        self._at += len(data)
        return data

    def close(self) -> None:
        """Hang up."""
        self._leave()
        super().close()

    def _leave(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
