"""How long audio lasts, told from its bytes without decoding them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from voice.audio.flac import flac_duration_s
from voice.audio.mpeg import adts_duration_s, mp3_duration_s
from voice.audio.ogg import opus_duration_s
from voice.audio.wav import wav_duration_s
from voice.domain.audio import SAMPLE_BYTES, AudioFormat, pcm_duration_s
from voice.domain.errors import UndecodableAudio

_TEXT_CHARACTERS: Final = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_TEXT_SAMPLE_BYTES: Final = 64


def duration_s(data: bytes, audio_format: AudioFormat) -> float:
    """Seconds that ``data`` lasts when all of it is decoded, within 50 ms.

    Raises:
        UndecodableAudio: it is empty, or not a whole beginning of that format, or something else altogether.
    """
    seconds = _MEASURES[audio_format](data)
    if not seconds > 0:
        raise UndecodableAudio("There is no audio in this.")
    return seconds


def _checked_pcm_duration_s(data: bytes) -> float:
    """PCM has no mark of its own: it is what is neither text nor any other format."""
    if not data[:_TEXT_SAMPLE_BYTES].strip(_TEXT_CHARACTERS):
        raise UndecodableAudio("This is text, or nothing, and no PCM.")
    if any(_is(audio_format, data) for audio_format in AudioFormat if audio_format is not AudioFormat.PCM):
        raise UndecodableAudio("This is audio, but no PCM.")
    return pcm_duration_s(len(data) - len(data) % SAMPLE_BYTES)


def _is(audio_format: AudioFormat, data: bytes) -> bool:
    try:
        _MEASURES[audio_format](data)
    except UndecodableAudio:
        return False
    return True


_MEASURES: Final[Mapping[AudioFormat, Callable[[bytes], float]]] = {
    AudioFormat.MP3: mp3_duration_s,
    AudioFormat.OPUS: opus_duration_s,
    AudioFormat.AAC: adts_duration_s,
    AudioFormat.FLAC: flac_duration_s,
    AudioFormat.WAV: wav_duration_s,
    AudioFormat.PCM: _checked_pcm_duration_s,
}
