"""Every format back into PCM (s16le, 24 kHz, mono) as it streams: what is made here, and what vendors send.

No container is probed: each format is cut into packets as its bytes come, so the first sound comes out at once.
"""

from __future__ import annotations

from typing import Final

from voice.audio.codec import Codec
from voice.audio.ogg import POSITION_RATE, Packets, pre_skip_of
from voice.audio.stage import Stage
from voice.audio.wav_decoding import WavDecoder
from voice.domain.audio import SAMPLE_BYTES, SAMPLE_RATE, AudioFormat

_SELF_FRAMED: Final = {AudioFormat.MP3: "mp3float", AudioFormat.AAC: "aac", AudioFormat.FLAC: "flac"}


def decoder_for(source: AudioFormat) -> Stage:
    """A decoder of ``source``, which is not PCM.

    Raises:
        InvalidRequest: it needs the extra ``codecs``, which is not installed.
    """
    if source is AudioFormat.WAV:
        return WavDecoder()
    if source is AudioFormat.OPUS:
        return OpusDecoder()
    return SelfFramedDecoder(_SELF_FRAMED[source])


class SelfFramedDecoder:
    """MP3, ADTS or FLAC: streams whose packets say themselves where they begin.

    Junk between packets (tags, say) is passed over, as players do; a stream of nothing else is undecodable.
    """

    inline_bytes = 512

    def __init__(self, codec: str) -> None:
        self._codec = Codec(codec)

    def feed(self, chunk: bytes) -> bytes:
        """The samples of the packets that ``chunk`` completes."""
        return b"".join(map(self._codec.decode, self._codec.packets(chunk)))

    def finish(self) -> bytes:
        """The last samples.

        Raises:
            UndecodableAudio: there was no audio at all.
        """
        rest = b""
        while packets := self._codec.packets(None):
            rest += b"".join(map(self._codec.decode, packets))
        return rest + self._codec.finish()


class OpusDecoder:
    """Opus in Ogg: without the samples its header says to skip, and cut where its pages say they end."""

    inline_bytes = 512

    def __init__(self) -> None:
        self._codec = Codec("opus")
        self._packets = Packets()
        self._packets_seen = 0
        self._pre_skip = 0
        self._decoded_bytes = 0

    def feed(self, chunk: bytes) -> bytes:
        """The samples of the packets that ``chunk`` completes."""
        return self._within_bounds(b"".join(map(self._decode, self._packets.feed(chunk))))

    def finish(self) -> bytes:
        """The last samples.

        Raises:
            UndecodableAudio: there was no audio at all.
        """
        return self._within_bounds(self._codec.finish())

    def _decode(self, packet: bytes) -> bytes:
        self._packets_seen += 1
        if self._packets_seen == 1:
            self._pre_skip = pre_skip_of(packet)
            self._codec.describe(packet)
        is_sound = self._packets_seen > 2  # noqa: PLR2004  # a header and the tags come first
        return self._codec.decode(self._codec.packet(packet)) if is_sound else b""

    def _within_bounds(self, pcm: bytes) -> bytes:
        at, self._decoded_bytes = self._decoded_bytes, self._decoded_bytes + len(pcm)
        return pcm[max(_pcm_bytes(self._pre_skip) - at, 0) : max(_pcm_bytes(self._packets.position) - at, 0)]


def _pcm_bytes(opus_position: int) -> int:
    """Bytes of PCM up to a position Opus counts at 48 kHz."""
    return opus_position * SAMPLE_RATE // POSITION_RATE * SAMPLE_BYTES
