"""How long a stream lasts, told while it passes by: of its bytes only the first and the last are held."""

from __future__ import annotations

from typing import Final

from voice.audio.duration import duration_s
from voice.domain.audio import AudioFormat

HEAD_BYTES: Final = 65_536
"""Eight seconds of MP3: what is no longer is measured as a complete file is."""

TAIL_BYTES: Final = 65_536
"""More than the longest page of Ogg (65,307 bytes) and the longest frame of FLAC that is met in speech."""

_POSITIONED: Final = frozenset({AudioFormat.OPUS, AudioFormat.FLAC})
"""Formats whose last page or frame tells how far into the stream it is."""


class Meter:
    """Measures a stream fed to it in any pieces. ``size_bytes`` is what has passed."""

    def __init__(self, audio_format: AudioFormat) -> None:
        self.size_bytes = 0
        self._format = audio_format
        self._head = bytearray()
        self._tail = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Let ``chunk`` pass."""
        self.size_bytes += len(chunk)
        room = HEAD_BYTES - len(self._head)
        self._head += chunk[:room]
        self._tail += chunk[room:]
        del self._tail[:-TAIL_BYTES]

    def duration_s(self) -> float:
        """Seconds of what has passed.

        Where the format tells, and up to HEAD_BYTES and TAIL_BYTES, they are as exact as ``duration.duration_s``; what
        is longer lasts as long as its bytes do at the rate of the first ones.

        Raises:
            UndecodableAudio: it does not begin as audio of that format.
        """
        ends = bytes(self._head + self._tail)
        if self._format in _POSITIONED or len(ends) == self.size_bytes:
            return duration_s(ends, self._format)
        return duration_s(bytes(self._head), self._format) * self.size_bytes / len(self._head)
