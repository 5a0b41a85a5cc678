"""Ogg, as far as Opus needs it: pages (RFC 3533, section 6), packets, and the first packet's facts (RFC 7845, 5.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from voice.domain.errors import UndecodableAudio

_PAGE: Final = struct.Struct("<4sBBqIIIB")
_OPUS_HEAD: Final = struct.Struct("<8sBBH")
_OPEN_LACE: Final = 255
"""A packet goes on in the next lace after one of this size."""

POSITION_RATE: Final = 48_000
"""Hertz an Opus stream's positions count at, whatever rate it was made from (RFC 7845, section 4)."""


class Page(NamedTuple):
    """One page. ``position`` counts samples to its end (-1: no packet ends there); ``laces`` are its parts' sizes."""

    position: int
    laces: bytes
    body: bytes
    size: int


def page_at(data: bytes | bytearray, at: int) -> Page | None:
    """The page that begins at ``at``, or None when not all of it is there.

    Raises:
        UndecodableAudio: something else is there.
    """
    if not b"OggS".startswith(bytes(data[at : at + 4])):
        raise UndecodableAudio("This is not an Ogg stream.")
    if len(data) < at + _PAGE.size:
        return None
    _, _, _, position, _, _, _, lace_count = _PAGE.unpack_from(data, at)
    body_at = at + _PAGE.size + lace_count
    laces = bytes(data[at + _PAGE.size : body_at])
    end = body_at + sum(laces)
    return Page(position, laces, bytes(data[body_at:end]), end - at) if len(data) >= end else None


class Packets:
    """Cuts an Ogg stream, fed in any pieces, into its packets."""

    def __init__(self) -> None:
        self._unread = bytearray()
        self._open = b""
        self.position = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The packets that ``chunk`` completes; ``position`` is then where the last of them ends."""
        self._unread += chunk
        while self._unread and (page := page_at(self._unread, 0)):
            del self._unread[: page.size]
            self.position = max(self.position, page.position)
            yield from self._packets_of(page)

    def _packets_of(self, page: Page) -> Iterator[bytes]:
        for lace, end in zip(page.laces, accumulate(page.laces), strict=True):
            self._open += page.body[end - lace : end]
            if lace < _OPEN_LACE:
                yield self._open
                self._open = b""


def pre_skip_of(head: bytes) -> int:
    """Samples at 48 kHz to drop at the start of the Opus stream whose first packet is ``head``.

    Raises:
        UndecodableAudio: it is not the first packet of an Opus stream.
    """
    if not head.startswith(b"OpusHead") or len(head) < _OPUS_HEAD.size:
        raise UndecodableAudio("This Ogg stream holds no Opus.")
    *_, pre_skip = _OPUS_HEAD.unpack_from(head)
    return int(pre_skip)


def opus_duration_s(data: bytes) -> float:
    """Seconds of an Opus stream: from what it says to skip to where its last packet ends.

    Raises:
        UndecodableAudio: it does not begin with an Opus header, or holds no whole packet.
    """
    first = page_at(data, 0)
    if first is None:
        raise UndecodableAudio("This Ogg stream ends in its first page.")
    return (_last_position(data) - pre_skip_of(first.body)) / POSITION_RATE


def _last_position(data: bytes) -> int:
    at = len(data)
    while (at := data.rfind(b"OggS", 0, at)) >= 0:
        page = page_at(data, at)
        if page and page.position > 0:
            return page.position
    raise UndecodableAudio("This Ogg stream holds no whole packet.")
