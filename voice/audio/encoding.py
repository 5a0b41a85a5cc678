"""From one audio format to another while it streams: the first second is out before the second one comes in."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from voice.audio.decoding import decoder_for
from voice.audio.ffmpeg import FfmpegEncoder
from voice.audio.mp3 import Mp3Encoder
from voice.audio.stage import Chain, Stage, through
from voice.audio.wav import WavEncoder
from voice.domain.audio import SAMPLE_BYTES, AudioFormat


def encode(
    chunks: AsyncGenerator[bytes, None], source: AudioFormat, target: AudioFormat
) -> AsyncGenerator[bytes, None]:
    """``chunks`` of ``source`` as ``target``: the very same chunks when that is what they are already.

    Chunks may be cut anywhere, in the middle of a sample too. PCM is s16le, 24 kHz, mono. Closing the result closes
    ``chunks``; no chunks in, none out.

    Raises:
        InvalidRequest: at once, about ``format``: it needs the extra ``codecs``, which is not installed.
        UndecodableAudio: while it streams: ``chunks`` are not ``source``.
    """
    if source is target:
        return chunks
    return through(Chain(*_stages(source, target)), chunks)


def _stages(source: AudioFormat, target: AudioFormat) -> list[Stage]:
    stages: list[Stage] = [WholeSamples() if source is AudioFormat.PCM else decoder_for(source)]
    if target is not AudioFormat.PCM:
        stages.append(_encoder_for(target))
    return stages


def _encoder_for(target: AudioFormat) -> Stage:
    if target is AudioFormat.MP3:
        return Mp3Encoder()
    if target is AudioFormat.WAV:
        return WavEncoder()
    return FfmpegEncoder(target)


class WholeSamples:
    """PCM cut anywhere into PCM cut between samples; half a sample at the end is dropped."""

    inline_bytes = 1 << 30

    def __init__(self) -> None:
        self._half = b""

    def feed(self, chunk: bytes) -> bytes:
        """The samples that ``chunk`` completes."""
        pcm = self._half + chunk
        whole = len(pcm) - len(pcm) % SAMPLE_BYTES
        self._half = pcm[whole:]
        return pcm[:whole]

    def finish(self) -> bytes:
        """Nothing: a half is no sample."""
        return b""
