"""What a stream could not know when it began, written into the complete file."""

from __future__ import annotations

from voice.audio import flac, wav
from voice.domain.audio import AudioFormat


def finish(data: bytes, audio_format: AudioFormat) -> bytes:
    """``data``, a complete file, with its true sizes in its header, so that players can seek and show its duration.

    WAV and FLAC have such headers; every other format is as good when it was streamed.

    Raises:
        UndecodableAudio: it is not what ``audio_format`` says.
    """
    if audio_format is AudioFormat.WAV:
        return wav.complete(data)
    if audio_format is AudioFormat.FLAC:
        return flac.complete(data)
    return data
