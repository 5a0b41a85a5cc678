"""WAV: written with sizes left open while it streams, read with whatever sizes it has, completed when it is whole."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

from voice.domain.audio import BYTES_PER_SECOND, SAMPLE_BYTES, SAMPLE_RATE
from voice.domain.errors import UndecodableAudio

OPEN_SIZE: Final = 0xFFFF_FFFF
"""What stands for a size nobody knows yet; players then read to the end of the stream."""

PCM_TAG: Final = 1

_RIFF: Final = struct.Struct("<4sI4s")
_CHUNK: Final = struct.Struct("<4sI")
_FMT: Final = struct.Struct("<HHIIHH")


class WavHeader(NamedTuple):
    """What stands before the samples. ``tag`` is the format (1: PCM, 3: float …), ``data_at`` where samples begin."""

    tag: int
    channels: int
    rate: int
    bytes_per_second: int
    frame_bytes: int
    sample_bits: int
    data_at: int = 0
    data_size: int = 0


class WavEncoder:
    """PCM (s16le, 24 kHz, mono) into a WAV whose sizes are left open."""

    inline_bytes = 1 << 30

    def __init__(self) -> None:
        self._header = (
            _RIFF.pack(b"RIFF", OPEN_SIZE, b"WAVE")
            + _CHUNK.pack(b"fmt ", _FMT.size)
            + _FMT.pack(PCM_TAG, 1, SAMPLE_RATE, BYTES_PER_SECOND, SAMPLE_BYTES, 8 * SAMPLE_BYTES)
            + _CHUNK.pack(b"data", OPEN_SIZE)
        )

    def feed(self, pcm: bytes) -> bytes:
        """The same samples, with the header before the first."""
        header, self._header = self._header, b""
        return header + pcm

    def finish(self) -> bytes:
        """Nothing: sizes are the business of ``complete``."""
        return b""


def header_of(data: bytes) -> WavHeader | None:
    """The header at the start of ``data``, or None while its end has not come.

    Raises:
        UndecodableAudio: it is not a WAV, or has samples before their format.
    """
    if data[:4] != b"RIFF"[: len(data)] or data[8:12] != b"WAVE"[: max(len(data) - 8, 0)]:
        raise UndecodableAudio("This is not a WAV file.")
    at, fmt = _RIFF.size, None
    while len(data) >= at + _CHUNK.size:
        name, size = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        if name == b"data":
            return _checked(fmt)._replace(data_at=at, data_size=size)
        if name == b"fmt " and len(data) >= at + _FMT.size:
            fmt = WavHeader(*_FMT.unpack_from(data, at))
        at += size + size % 2
    return None


def _checked(fmt: WavHeader | None) -> WavHeader:
    if fmt is None or not (fmt.bytes_per_second and fmt.frame_bytes and fmt.rate):
        raise UndecodableAudio("This WAV file does not say how its samples are written.")
    return fmt


def wav_duration_s(data: bytes) -> float:
    """Seconds of a WAV: by its data's declared size, or by what is there when that is open, absent or too large.

    Raises:
        UndecodableAudio: it is not a WAV, or holds no samples.
    """
    header, size_bytes = _whole(data)
    return size_bytes / header.bytes_per_second


def complete(data: bytes) -> bytes:
    """The same WAV with its true sizes in it.

    Raises:
        UndecodableAudio: it is not a WAV, or holds no samples.
    """
    header, size_bytes = _whole(data)
    if header.data_size == size_bytes:
        return data
    completed = bytearray(data)
    struct.pack_into("<I", completed, 4, len(data) - _CHUNK.size)
    struct.pack_into("<I", completed, header.data_at - 4, size_bytes)
    return bytes(completed)


def _whole(data: bytes) -> tuple[WavHeader, int]:
    header = header_of(data)
    if header is None or len(data) <= header.data_at:
        raise UndecodableAudio("This WAV file holds no samples.")
    there = len(data) - header.data_at
    return header, header.data_size if 0 < header.data_size <= there else there
