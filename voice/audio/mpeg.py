"""MP3 and AAC in ADTS: streams of frames that say themselves how long they are, measured without decoding any.

Headers as in ISO/IEC 11172-3, 2.4.1.3, and 13818-3 (MP3), and 14496-3, 1.A.2 (ADTS).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

from voice.domain.errors import UndecodableAudio

_MP3_SYNC: Final = 0x7FF
_ADTS_SYNC: Final = 0xFFF
_LAYER_3: Final = 0b01
_KBPS_MPEG_1: Final = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_MPEG_2: Final = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES: Final = (44_100, 48_000, 32_000)
_RATE_DIVISORS: Final = {0b11: 1, 0b10: 2, 0b00: 4}
"""Of MPEG 1, 2 and 2.5, by the two bits for the version."""

_ADTS_RATES: Final = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000)
_ADTS_HEADER_BYTES: Final = 7
_ID3_HEADER_BYTES: Final = 10
_TAGS: Final = (b"ID3", b"TAG", b"APE")
_GAPLESS_WRITERS: Final = (b"LAME", b"Lavf", b"Lavc")


class Frame(NamedTuple):
    """A frame of ``size`` bytes that holds ``samples`` at ``rate`` Hz."""

    size: int
    samples: int
    rate: int


FrameAt = Callable[[bytes, int], Frame | None]
"""The frame whose header stands at a place in the data, or None where none does."""


def mp3_duration_s(data: bytes) -> float:
    """Seconds of an MP3, without the silence its encoder says it put around the sound.

    Raises:
        UndecodableAudio: it does not begin with an MP3's frames.
    """
    start = _start(data, mp3_frame_at)
    frames = list(_frames(data, start, mp3_frame_at))
    samples = sum(frame.samples for frame in frames) - _unheard_samples(data, start, frames[0])
    return samples / frames[0].rate


def adts_duration_s(data: bytes) -> float:
    """Seconds of an AAC stream in ADTS.

    Raises:
        UndecodableAudio: it does not begin with ADTS frames.
    """
    start = _start(data, adts_frame_at)
    return sum(frame.samples / frame.rate for frame in _frames(data, start, adts_frame_at))


def mp3_frame_at(data: bytes, at: int) -> Frame | None:
    """The MP3 frame at ``at``."""
    return _mp3_frame(data[at : at + 3])


@cache
def _mp3_frame(header: bytes) -> Frame | None:
    """The frame with these first three bytes; there are but some thousand that mean one."""
    bits = int.from_bytes(header, "big")
    version, layer, kbps_index, rate_index = bits >> 11 & 3, bits >> 9 & 3, bits >> 4 & 15, bits >> 2 & 3
    is_layer_3 = bits >> 13 == _MP3_SYNC and layer == _LAYER_3
    if not is_layer_3 or version not in _RATE_DIVISORS or rate_index >= len(_RATES) or kbps_index in {0, 15}:
        return None
    divisor = _RATE_DIVISORS[version]
    samples, kbps = (1_152, _KBPS_MPEG_1) if divisor == 1 else (576, _KBPS_MPEG_2)
    rate = _RATES[rate_index] // divisor
    padding = bits >> 1 & 1
    return Frame(samples * kbps[kbps_index - 1] * 125 // rate + padding, samples, rate)


def adts_frame_at(data: bytes, at: int) -> Frame | None:
    """The ADTS frame at ``at``."""
    bits = int.from_bytes(data[at : at + _ADTS_HEADER_BYTES], "big")
    rate_index, size, blocks = bits >> 34 & 15, bits >> 13 & 0x1FFF, (bits & 3) + 1
    is_adts = bits >> 44 == _ADTS_SYNC and bits >> 41 & 3 == 0
    if not is_adts or rate_index >= len(_ADTS_RATES) or size < _ADTS_HEADER_BYTES:
        return None
    return Frame(size, 1_024 * blocks, _ADTS_RATES[rate_index])


def _start(data: bytes, frame_at: FrameAt) -> int:
    """Where the first frame begins, after any tags."""
    start = after_tag(data, 0)
    first = frame_at(data, start)
    if not first or start + first.size > len(data) or not _goes_on(data, start + first.size, frame_at):
        raise UndecodableAudio("These are not the frames of the format it should be.")
    return start


def _frames(data: bytes, at: int, frame_at: FrameAt) -> Iterator[Frame]:
    while at < len(data):
        if frame := frame_at(data, at):
            yield frame
            at += frame.size
        else:
            at = _next_frame(data, at, frame_at)


def _next_frame(data: bytes, at: int, frame_at: FrameAt) -> int:
    """Where the next frame begins after tags or junk at ``at``: two in a row, for one may be chance."""
    at = max(after_tag(data, at), at + 1)
    while (at := data.find(b"\xff", at)) >= 0:
        frame = frame_at(data, at)
        if frame and _goes_on(data, at + frame.size, frame_at):
            return at
        at += 1
    return len(data)


def _goes_on(data: bytes, at: int, frame_at: FrameAt) -> bool:
    return at >= len(data) or data.startswith(_TAGS, at) or frame_at(data, at) is not None


def after_tag(data: bytes, at: int) -> int:
    """Where the ID3v2 tag at ``at`` ends; ``at`` itself without one (id3.org, ID3v2.4, 3.1)."""
    if not data.startswith(b"ID3", at):
        return at
    size = 0
    for byte in data[at + 6 : at + _ID3_HEADER_BYTES]:
        size = size << 7 | byte & 0x7F
    return at + _ID3_HEADER_BYTES + size


def _unheard_samples(data: bytes, at: int, first: Frame) -> int:
    """Samples that players leave out: those of a first frame that only informs, and the silence it speaks of.

    The information is Xing's or Fraunhofer's; what LAME adds to it (gabriel.mp3-tech.org/mp3infotag.html) has, 21 bytes
    in, the samples of silence before and after the sound, 12 bits each.
    """
    frame = data[at : at + first.size]
    tag_at = max(frame.find(name, 0, 44) for name in (b"Xing", b"Info", b"VBRI"))
    if tag_at < 0:
        return 0
    flags = frame[tag_at + 7]
    lame_at = tag_at + 8 + 4 * (flags & 1) + 4 * (flags >> 1 & 1) + 100 * (flags >> 2 & 1) + 4 * (flags >> 3 & 1)
    if not frame.startswith(_GAPLESS_WRITERS, lame_at):
        return first.samples
    gaps = int.from_bytes(frame[lame_at + 21 : lame_at + 24], "big")
    return first.samples + (gaps >> 12) + (gaps & 0xFFF)
