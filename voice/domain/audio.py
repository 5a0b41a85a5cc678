"""What audio is here: its formats, and the one PCM shape every room works in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

SAMPLE_RATE: Final = 24_000
"""Hertz of the PCM that travels between rooms: mono, signed 16-bit, little-endian."""

SAMPLE_BYTES: Final = 2
"""Bytes of one PCM sample."""

BYTES_PER_SECOND: Final = SAMPLE_RATE * SAMPLE_BYTES


class AudioFormat(StrEnum):
    """A format audio can be asked for in; the value is also its file extension."""

    MP3 = "mp3"
    OPUS = "opus"
    AAC = "aac"
    FLAC = "flac"
    WAV = "wav"
    PCM = "pcm"

    @property
    def content_type(self) -> str:
        """The media type it is served under (PCM after RFC 2586's pattern, with its rate spelled out)."""
        return _CONTENT_TYPES[self]


_CONTENT_TYPES: Final = {
    AudioFormat.MP3: "audio/mpeg",
    AudioFormat.OPUS: "audio/ogg; codecs=opus",
    AudioFormat.AAC: "audio/aac",
    AudioFormat.FLAC: "audio/flac",
    AudioFormat.WAV: "audio/wav",
    AudioFormat.PCM: f"audio/pcm; rate={SAMPLE_RATE}; channels=1",
}


def pcm_duration_s(size_bytes: int) -> float:
    """Seconds that ``size_bytes`` of PCM (s16le, 24 kHz, mono) last."""
    return size_bytes / BYTES_PER_SECOND
