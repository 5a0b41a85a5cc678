"""FLAC: how many samples there are, which a file made as a stream does not say in its header (RFC 9639)."""

from __future__ import annotations

from typing import Final, NamedTuple

from voice.domain.errors import UndecodableAudio

_MARKER: Final = b"fLaC"
_RATES_AT: Final = 18
"""Where STREAMINFO has rate, channels and sample size (28 bits), and the total of samples (36 bits)."""

_TOTAL: Final = (1 << 36) - 1
_FRAME_STARTS: Final = (b"\xff\xf8", b"\xff\xf9")
"""The first two bytes of a frame, where all blocks are of one size and where they vary."""

_LONGEST_HEADER: Final = 16
_BLOCK_SAMPLES: Final = (
    {1: 192} | {code: 144 << code for code in range(2, 6)} | {code: 1 << code for code in range(8, 16)}
)
_SIZE_BYTES: Final = {6: 1, 7: 2}
_RATE_BYTES: Final = {12: 1, 13: 2, 14: 2}
_CRC8_POLYNOMIAL: Final = 0x107


class FlacHeader(NamedTuple):
    """What STREAMINFO says (8.2), ``total_samples`` being 0 for unknown, and where the first frame begins."""

    block_samples: int
    rate: int
    total_samples: int
    frames_at: int


def flac_duration_s(data: bytes) -> float:
    """Seconds of a FLAC file: by its header, or by its last frame when its header does not tell.

    Raises:
        UndecodableAudio: it is not FLAC, or holds no frame.
    """
    header = _header_of(data)
    return (header.total_samples or _samples_in(data, header)) / header.rate


def complete(data: bytes) -> bytes:
    """The same FLAC file with the number of its samples in its header.

    Raises:
        UndecodableAudio: it is not FLAC, or holds no frame.
    """
    header = _header_of(data)
    if header.total_samples:
        return data
    end = _RATES_AT + 8
    known = int.from_bytes(data[_RATES_AT:end], "big") | _samples_in(data, header)
    return data[:_RATES_AT] + known.to_bytes(8, "big") + data[end:]


def _header_of(data: bytes) -> FlacHeader:
    frames_at = _after_metadata(data)
    rates = int.from_bytes(data[_RATES_AT : _RATES_AT + 8], "big")
    if not data.startswith(_MARKER) or not data.startswith(_FRAME_STARTS, frames_at) or not rates >> 44:
        raise UndecodableAudio("This is not a FLAC file.")
    return FlacHeader(int.from_bytes(data[10:12], "big"), rates >> 44, rates & _TOTAL, frames_at)


def _after_metadata(data: bytes) -> int:
    at, is_last = len(_MARKER), False
    while not is_last and at < len(data):
        is_last = bool(data[at] & 0x80)
        at += 4 + int.from_bytes(data[at + 1 : at + 4], "big")
    return at


def _samples_in(data: bytes, header: FlacHeader) -> int:
    """Where the last frame ends: frames are numbered (9.1.5), so the last one alone tells."""
    first = data[header.frames_at : header.frames_at + 4]
    at = len(data)
    while (at := data.rfind(first[:2], header.frames_at, at)) >= 0:
        frame = data[at : at + _LONGEST_HEADER]
        # The same bytes may stand inside a frame: it must be of the first one's kind, and its check sum right.
        is_alike = len(frame) == _LONGEST_HEADER and frame[2] & 15 == first[2] & 15 and frame[3] == first[3]
        if is_alike and (samples := _end_of_frame(frame, header.block_samples)):
            return samples
    raise UndecodableAudio("This FLAC file holds no whole frame.")


def _end_of_frame(frame: bytes, block_samples: int) -> int:
    """Samples up to the end of the frame that begins like this (9.1); 0 when it is no frame's header."""
    size_at = 4 + max(_leading_ones(frame[4]), 1)
    size_code, rate_code = frame[2] >> 4, frame[2] & 15
    size_end = size_at + _SIZE_BYTES.get(size_code, 0)
    crc_at = size_end + _RATE_BYTES.get(rate_code, 0)
    if crc_at >= len(frame) or _crc8(frame[: crc_at + 1]):
        return 0
    number = _coded_number(frame[4:size_at])
    before = number * block_samples if frame.startswith(_FRAME_STARTS[0]) else number
    return before + (_BLOCK_SAMPLES.get(size_code) or int.from_bytes(frame[size_at:size_end], "big") + 1)


def _coded_number(code: bytes) -> int:
    """A number coded as UTF-8 codes characters, but up to 36 bits."""
    number = code[0] & 0x7F >> _leading_ones(code[0])
    for byte in code[1:]:
        number = number << 6 | byte & 0x3F
    return number


def _leading_ones(byte: int) -> int:
    return 8 - (~byte & 0xFF).bit_length()


def _crc8(checked: bytes) -> int:
    """The remainder of ``checked``, its check sum being its last byte: 0 when that is right."""
    remainder = 0
    for byte in checked:
        remainder ^= byte
        for _ in range(8):
            remainder = remainder << 1 ^ (_CRC8_POLYNOMIAL if remainder & 0x80 else 0)
    return remainder
