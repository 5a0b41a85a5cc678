"""FFmpeg's codecs, through PyAV: present only where the extra ``codecs`` is installed, loaded when first needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from voice.domain.audio import SAMPLE_BYTES, SAMPLE_RATE, AudioFormat
from voice.domain.errors import InvalidRequest

OPUS_RATE: Final = 48_000
"""Hertz; what every Opus decoder works at (RFC 6716, section 2)."""

AAC_RATE: Final = 48_000
"""Hertz. ADTS cannot say how much silence its encoder put before the sound, 1,024 samples: at 48 kHz, with the padding
of the last frame, at most 43 ms."""


def library() -> ModuleType:
    """The module ``av``.

    Raises:
        InvalidRequest: it is not installed.
    """
    try:
        return import_module("av")
    except ImportError as missing:
        raise InvalidRequest.of(
            "format", "This format needs the extra “codecs”: pip install 'aloud[codecs]'."
        ) from missing


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a format is made: FFmpeg's names for container and codec, their options, bits per second (0: lossless)."""

    container: str
    codec: str
    rate: int
    bit_rate: int = 0
    container_options: dict[str, str] = field(default_factory=dict)
    codec_options: dict[str, str] = field(default_factory=dict)


RECIPES: Final = {
    AudioFormat.FLAC: Recipe("flac", "flac", SAMPLE_RATE, container_options={"metadata_header_padding": "0"}),
    # A page every 100 ms instead of every second, or the first second would be heard a second late.
    AudioFormat.OPUS: Recipe(
        "ogg", "libopus", OPUS_RATE, 32_000, {"page_duration": "100000"}, {"compression_level": "5"}
    ),
    AudioFormat.AAC: Recipe("adts", "aac", AAC_RATE, 64_000, codec_options={"aac_coder": "fast"}),
}


class FfmpegEncoder:
    """PCM (s16le, 24 kHz, mono) into FLAC, Opus in Ogg or AAC in ADTS; the rates are the recipes'."""

    inline_bytes = 8_000

    def __init__(self, target: AudioFormat) -> None:
        av, recipe = library(), RECIPES[target]
        self._av = av
        self._written = _Written()
        # flush_packets: hand over every packet at once instead of filling a buffer of 32 KB first.
        options = {"flush_packets": "1", **recipe.container_options}
        self._container = av.open(self._written, "w", format=recipe.container, options=options)
        self._stream = self._container.add_stream(
            recipe.codec, rate=recipe.rate, layout="mono", options=recipe.codec_options
        )
        if recipe.bit_rate:
            self._stream.bit_rate = recipe.bit_rate
        self._resampler = av.AudioResampler(format=self._stream.format.name, layout="mono", rate=recipe.rate)
        self._samples_fed = 0

    def feed(self, pcm: bytes) -> bytes:
        """The packets that ``pcm`` completes."""
        frame = self._av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // SAMPLE_BYTES)
        frame.planes[0].update(pcm)
        frame.sample_rate = SAMPLE_RATE
        frame.pts = self._samples_fed
        self._samples_fed += frame.samples
        self._encode(frame)
        return self._written.taken()

    def finish(self) -> bytes:
        """What the resampler and the codec held back, and the container's end."""
        self._encode(None)
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._written.taken()

    def _encode(self, frame: Any) -> None:  # an av.AudioFrame, or None to flush
        for resampled in self._resampler.resample(frame):
            self._container.mux(self._stream.encode(resampled))


class _Written:
    """The file FFmpeg writes to: bytes wait here until they are taken. It cannot seek, like the network."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def write(self, data: bytes) -> int:
        self._bytes += data
        return len(data)

    def taken(self) -> bytes:
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken
