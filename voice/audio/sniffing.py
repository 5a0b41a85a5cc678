"""Whether bytes begin like the audio they should be: an error page is told from a song by its first few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from voice.audio.mpeg import adts_frame_at, mp3_frame_at
from voice.audio.wav import header_of
from voice.domain.audio import AudioFormat
from voice.domain.errors import UndecodableAudio

_TEXT_CHARACTERS: Final = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_TEXT_SAMPLE_BYTES: Final = 64
_FRAME_BYTES: Final = 7
"""What an MP3's or an ADTS frame's header takes at most."""


def looks_like(head: bytes, audio_format: AudioFormat) -> bool | None:
    """Whether ``head``, the first bytes of a stream, begins audio of that format; None while it is too short to tell.

    It is a look, no decoding: what passes may still turn out to be none. PCM has no mark of its own, and is told from
    text only.
    """
    return _LOOKS[audio_format](head)


def _begins_with(marker: bytes) -> Callable[[bytes], bool | None]:
    return lambda head: head.startswith(marker) if len(head) >= len(marker) else None


def _is_mp3(head: bytes) -> bool | None:
    return _is_tagged(head) or mp3_frame_at(head, 0) is not None if len(head) >= _FRAME_BYTES else None


def _is_adts(head: bytes) -> bool | None:
    return _is_tagged(head) or adts_frame_at(head, 0) is not None if len(head) >= _FRAME_BYTES else None


def _is_tagged(head: bytes) -> bool:
    return head.startswith(b"ID3")


def _is_wav(head: bytes) -> bool | None:
    """A header alone is no sound yet."""
    try:
        header = header_of(head)
    except UndecodableAudio:
        return False
    return True if header and len(head) > header.data_at else None


def _is_pcm(head: bytes) -> bool | None:
    return bool(head.strip(_TEXT_CHARACTERS)) if len(head) >= _TEXT_SAMPLE_BYTES else None


_LOOKS: Final[Mapping[AudioFormat, Callable[[bytes], bool | None]]] = {
    AudioFormat.MP3: _is_mp3,
    AudioFormat.OPUS: _begins_with(b"OggS"),
    AudioFormat.AAC: _is_adts,
    AudioFormat.FLAC: _begins_with(b"fLaC"),
    AudioFormat.WAV: _is_wav,
    AudioFormat.PCM: _is_pcm,
}
