"""One of FFmpeg's decoders, with its output brought to PCM (s16le, 24 kHz, mono)."""

from __future__ import annotations

from typing import Any

from voice.audio.ffmpeg import library
from voice.domain.audio import SAMPLE_BYTES, SAMPLE_RATE
from voice.domain.errors import UndecodableAudio


class Codec:
    """Packets in, samples out. ``rate`` and ``channels`` are for the codecs whose packets do not tell."""

    def __init__(self, name: str, *, rate: int = 0, channels: int = 0) -> None:
        self._av = library()
        self._context = self._av.CodecContext.create(name, "r")
        if rate:
            self._context.sample_rate = rate
            self._context.layout = {1: "mono", 2: "stereo"}.get(channels, f"{channels}c")
        self._resampler = self._av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._has_sounded = False

    def describe(self, header: bytes) -> None:
        """Tell the codec what its container's header says of the stream."""
        self._context.extradata = header

    def packets(self, chunk: bytes | None) -> list[Any]:
        """The packets a self-framed stream completes with ``chunk``; with None, one of those held back, or none."""
        packets: list[Any] = self._context.parse(chunk)
        return packets

    def packet(self, content: bytes) -> Any:  # an av.Packet
        """A packet cut out already."""
        return self._av.Packet(content)

    def decode(self, packet: Any) -> bytes:  # an av.Packet, or None to flush
        """The samples of ``packet``; none when it is junk."""
        try:
            frames = self._context.decode(packet)
        except self._av.FFmpegError:
            return b""
        return b"".join(map(self._resample, frames))

    def finish(self) -> bytes:
        """The samples held back.

        Raises:
            UndecodableAudio: the whole stream had none.
        """
        rest = self.decode(None)
        if not self._has_sounded:
            raise UndecodableAudio("There is no audio in this that can be decoded.")
        return rest + self._resample(None)

    def _resample(self, frame: Any) -> bytes:  # an av.AudioFrame, or None to flush
        if frame is not None:
            self._has_sounded = True
            frame.pts = None  # packets cut out of a stream have no times, and half of them would confuse the resampler
        # A plane is longer than its samples: FFmpeg pads it.
        return b"".join(
            bytes(resampled.planes[0])[: resampled.samples * SAMPLE_BYTES]
            for resampled in self._resampler.resample(frame)
        )
