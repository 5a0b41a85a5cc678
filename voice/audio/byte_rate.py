"""How many bytes of a stream make a second of sound, as far as its first bytes tell."""

from __future__ import annotations

from voice.audio.mpeg import after_tag, mp3_frame_at
from voice.audio.wav import header_of
from voice.domain.audio import BYTES_PER_SECOND, AudioFormat
from voice.domain.errors import UndecodableAudio


def bytes_per_second(head: bytes, audio_format: AudioFormat) -> float | None:
    """The byte rate of the stream that begins with ``head``; None where it changes as it goes, or cannot be seen.

    Of an MP3 it is that of its first sound: vendors stream at a constant one.
    """
    if audio_format is AudioFormat.PCM:
        return BYTES_PER_SECOND
    if audio_format is AudioFormat.WAV:
        return _of_wav(head)
    return _of_mp3(head) if audio_format is AudioFormat.MP3 else None


def _of_mp3(head: bytes) -> float | None:
    start = after_tag(head, 0)
    first = mp3_frame_at(head, start)
    if first is None:
        return None
    frame = mp3_frame_at(head, start + first.size) or first  # the first may only inform, and be of any size
    return frame.size * frame.rate / frame.samples


def _of_wav(head: bytes) -> float | None:
    try:
        header = header_of(head)
    except UndecodableAudio:
        return None
    return header.bytes_per_second if header else None
