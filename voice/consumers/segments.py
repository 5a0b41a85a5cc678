"""Audio in a WebSocket's binary frames: a header that says which piece of what it is, then the piece."""

from __future__ import annotations

import struct
from typing import Final

VERSION: Final = 1
LAST: Final = 1
"""The flag of a segment's last chunk."""

_HEADER: Final = struct.Struct(">BBHII")


def framed(segment: int, chunk: int, audio: bytes, *, is_last: bool = False) -> bytes:
    """The binary frame of a segment's ``chunk``, both counted from 0.

    Its header of 12 bytes, big-endian: the version, the flags, two bytes that are 0, the segment, the chunk.
    """
    return _HEADER.pack(VERSION, LAST if is_last else 0, 0, segment, chunk) + audio
