"""WAV back into PCM (s16le, 24 kHz, mono) as it streams."""

from __future__ import annotations

import sys
from typing import Final

from voice.audio.codec import Codec
from voice.audio.wav import OPEN_SIZE, PCM_TAG, WavHeader, header_of
from voice.domain.audio import SAMPLE_BYTES, SAMPLE_RATE
from voice.domain.errors import UndecodableAudio

# FFmpeg's names for what a WAV can hold, by format tag and bits of a sample (RFC 2361; 0xFFFE, extensible, means PCM).
_CODECS: Final = {
    (PCM_TAG, 8): "pcm_u8", (PCM_TAG, 16): "pcm_s16le", (PCM_TAG, 24): "pcm_s24le", (PCM_TAG, 32): "pcm_s32le",
    (3, 32): "pcm_f32le", (3, 64): "pcm_f64le", (6, 8): "pcm_alaw", (7, 8): "pcm_mulaw",
    (0xFFFE, 16): "pcm_s16le", (0xFFFE, 24): "pcm_s24le", (0xFFFE, 32): "pcm_s32le",
}  # fmt: skip


class WavDecoder:
    """WAV of any common sample format, rate and channels, with its sizes or with open ones."""

    inline_bytes = 4_096

    def __init__(self) -> None:
        self._unread = b""
        self._header: WavHeader | None = None
        self._codec: Codec | None = None
        self._left_bytes = 0

    def feed(self, chunk: bytes) -> bytes:
        """The samples in ``chunk``.

        Raises:
            UndecodableAudio: it is not a WAV, or not one whose samples can be read.
            InvalidRequest: it must be resampled, which needs the extra ``codecs``.
        """
        self._unread += chunk
        if self._header is None:
            self._open()
        if self._header is None:
            return b""
        samples = self._whole_frames(self._header.frame_bytes)
        return self._codec.decode(self._codec.packet(samples)) if self._codec and samples else samples

    def finish(self) -> bytes:
        """The last samples.

        Raises:
            UndecodableAudio: there was no audio at all.
        """
        if self._header is None:
            raise UndecodableAudio("This WAV file ends in its header.")
        return self._codec.finish() if self._codec else b""

    def _open(self) -> None:
        self._header = header = header_of(self._unread)
        if header is None:
            return
        self._unread = self._unread[header.data_at :]
        self._left_bytes = sys.maxsize if header.data_size in {0, OPEN_SIZE} else header.data_size
        if (header.tag, header.rate, header.frame_bytes) != (PCM_TAG, SAMPLE_RATE, SAMPLE_BYTES):
            self._codec = _codec_for(header)

    def _whole_frames(self, frame_bytes: int) -> bytes:
        size = min(len(self._unread) - len(self._unread) % frame_bytes, self._left_bytes)
        frames, self._unread = self._unread[:size], self._unread[size:]
        self._left_bytes -= size
        if not self._left_bytes:
            self._unread = b""  # what follows the samples is not sound
        return frames


def _codec_for(header: WavHeader) -> Codec:
    name = _CODECS.get((header.tag, header.sample_bits))
    if name is None:
        raise UndecodableAudio("This WAV file's samples are in a format that cannot be read.")
    return Codec(name, rate=header.rate, channels=header.channels)
