"""Sound for tests, and what can be measured of it."""

from __future__ import annotations

import io
from functools import cache
from typing import Any, Final

import av
import numpy as np
from numpy.typing import NDArray

from voice.domain.audio import SAMPLE_RATE, AudioFormat


def tone(seconds: float, hertz: float = 440.0) -> bytes:
    """A sine as PCM (s16le, 24 kHz, mono), a quarter of full scale."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (np.sin(2 * np.pi * hertz * times) * 8192).astype("<i2").tobytes()


@cache
def tone_in(audio_format: AudioFormat, seconds: float) -> bytes:
    """The tone as a file."""
    return encoded(tone(seconds), audio_format)


def encoded(pcm: bytes, audio_format: AudioFormat) -> bytes:
    """``pcm`` in a format, made by FFmpeg: what a vendor would send, not what we make."""
    if audio_format is AudioFormat.PCM:
        return pcm
    container_name, codec = _CODECS[audio_format]
    file = io.BytesIO()
    with av.open(file, "w", format=container_name) as container:
        stream: Any = container.add_stream(codec, rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2").reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return file.getvalue()


_CODECS: Final = {
    AudioFormat.MP3: ("mp3", "libmp3lame"),
    AudioFormat.OPUS: ("ogg", "libopus"),
    AudioFormat.AAC: ("adts", "aac"),
    AudioFormat.FLAC: ("flac", "flac"),
    AudioFormat.WAV: ("wav", "pcm_s16le"),
}


def decoded(data: bytes, audio_format: AudioFormat) -> NDArray[np.float32]:
    """The samples of a file at 24 kHz, mono, float32 within ±1."""
    if audio_format is AudioFormat.PCM:
        return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32768)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    with av.open(io.BytesIO(data), "r") as container:
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


def decoded_s(data: bytes, audio_format: AudioFormat) -> float:
    """Seconds of audio in a file, by decoding it."""
    return len(decoded(data, audio_format)) / SAMPLE_RATE
