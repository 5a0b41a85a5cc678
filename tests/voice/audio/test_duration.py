"""How long audio lasts, against a full decode."""

from __future__ import annotations

import io
import struct
from collections.abc import AsyncGenerator, Mapping

import av
import numpy as np
import pytest

from tests.audio import decoded_s, encoded, tone
from voice.audio.duration import duration_s
from voice.audio.encoding import encode
from voice.audio.mpeg import adts_frame_at, mp3_frame_at
from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.domain.errors import UndecodableAudio

NEAR_S = 0.05
HTML = b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>\n" * 40
JSON = b'{"error": {"message": "You exceeded your current quota", "type": "insufficient_quota"}}'


async def ours(seconds: float, target: AudioFormat) -> bytes:
    async def pcm() -> AsyncGenerator[bytes, None]:
        yield tone(seconds)

    return b"".join([chunk async for chunk in encode(pcm(), AudioFormat.PCM, target)])


def vendors(
    container: str, codec: str, rate: int, layout: str, options: Mapping[str, str], codec_options: Mapping[str, str]
) -> bytes:
    """Three seconds of a rising tone, as FFmpeg writes them with these options."""
    file = io.BytesIO()
    times = np.arange(3 * rate) / rate
    samples = (np.sin(2 * np.pi * (200 + 900 * times) * times) * 9_000).astype("<i2")
    channels = {"mono": 1, "stereo": 2}[layout]
    with av.open(file, "w", format=container, options=dict(options)) as writer:
        stream = writer.add_stream(codec, rate=rate, options=dict(codec_options))
        assert isinstance(stream, av.AudioStream)
        stream.layout = layout
        frame = av.AudioFrame.from_ndarray(np.repeat(samples, channels).reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = rate
        writer.mux(stream.encode(frame))
        writer.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize("target", list(AudioFormat))
@pytest.mark.parametrize("seconds", [0.2, 3, 60])
async def test_what_is_made_here_is_measured_as_it_decodes(target: AudioFormat, seconds: float) -> None:
    made = await ours(seconds, target)
    assert duration_s(made, target) == pytest.approx(decoded_s(made, target), abs=0.005)


@pytest.mark.parametrize("rate", [24_000, 44_100, 48_000])
@pytest.mark.parametrize("layout", ["mono", "stereo"])
@pytest.mark.parametrize("codec_options", [{"b": "128000"}, {"global_quality": "472", "flags": "qscale"}])
@pytest.mark.parametrize("options", [{}, {"write_xing": "0"}, {"id3v2_version": "0"}, {"write_id3v1": "1"}])
def test_a_vendors_mp3_with_or_without_a_table_of_contents(
    rate: int, layout: str, options: dict[str, str], codec_options: dict[str, str]
) -> None:
    sent = vendors("mp3", "libmp3lame", rate, layout, options, codec_options)
    assert duration_s(sent, AudioFormat.MP3) == pytest.approx(decoded_s(sent, AudioFormat.MP3), abs=NEAR_S)


@pytest.mark.parametrize(
    ("audio_format", "container", "codec", "rate"),
    [
        (AudioFormat.AAC, "adts", "aac", 24_000),
        (AudioFormat.AAC, "adts", "aac", 44_100),
        (AudioFormat.OPUS, "ogg", "libopus", 48_000),
        (AudioFormat.FLAC, "flac", "flac", 44_100),
        (AudioFormat.WAV, "wav", "pcm_s16le", 22_050),
        (AudioFormat.WAV, "wav", "pcm_f32le", 24_000),
        (AudioFormat.WAV, "wav", "pcm_mulaw", 8_000),
    ],
)
@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_a_vendors_file(audio_format: AudioFormat, container: str, codec: str, rate: int, layout: str) -> None:
    sent = vendors(container, codec, rate, layout, {}, {})
    assert duration_s(sent, audio_format) == pytest.approx(decoded_s(sent, audio_format), abs=NEAR_S)


def test_two_mp3_files_end_to_end_last_as_long_as_both() -> None:
    one = vendors("mp3", "libmp3lame", 44_100, "mono", {}, {"b": "64000"})
    assert duration_s(one + one, AudioFormat.MP3) == pytest.approx(2 * duration_s(one, AudioFormat.MP3), abs=0.1)


async def test_junk_amid_an_mp3_is_passed_over() -> None:
    one = await ours(1, AudioFormat.MP3)
    junk = b"\xff\xff\xfb" + bytes(500) + b"\xff\xf3\x84\xc4"
    assert duration_s(one + junk + one, AudioFormat.MP3) == pytest.approx(2 * duration_s(one, AudioFormat.MP3))


@pytest.mark.parametrize("size", [0, 0xFFFF_FFFF, 0x7FFF_FFFF])
def test_a_wav_whose_size_is_open_or_wrong_is_as_long_as_what_is_there(size: int) -> None:
    sent = bytearray(encoded(tone(2), AudioFormat.WAV))
    struct.pack_into("<I", sent, sent.index(b"data") + 4, size)
    assert duration_s(bytes(sent), AudioFormat.WAV) == pytest.approx(2)


async def test_a_flac_without_a_total_is_measured_by_its_last_frame() -> None:
    streamed = await ours(2.345, AudioFormat.FLAC)
    assert int.from_bytes(streamed[18:26], "big") & 0xF_FFFF_FFFF == 0
    assert duration_s(streamed, AudioFormat.FLAC) == pytest.approx(2.345, abs=1 / SAMPLE_RATE)


async def test_bytes_in_a_flac_that_look_like_a_frame_do_not_deceive() -> None:
    streamed = await ours(2, AudioFormat.FLAC)
    header_but_for_its_check_sum = streamed[streamed.index(b"\xff\xf8") :][:5]
    deceptive = streamed + header_but_for_its_check_sum + bytes(20)
    assert duration_s(deceptive, AudioFormat.FLAC) == pytest.approx(2)


@pytest.mark.parametrize("audio_format", list(AudioFormat))
@pytest.mark.parametrize("data", [b"", HTML, JSON, b"\n"])
def test_what_is_no_audio_is_undecodable(audio_format: AudioFormat, data: bytes) -> None:
    with pytest.raises(UndecodableAudio):
        duration_s(data, audio_format)


@pytest.mark.parametrize("actual", [f for f in AudioFormat if f is not AudioFormat.PCM])
@pytest.mark.parametrize("claimed", list(AudioFormat))
async def test_another_format_is_undecodable(actual: AudioFormat, claimed: AudioFormat) -> None:
    made = await ours(1, actual)
    if claimed is actual:
        assert duration_s(made, claimed) > 0
        return
    with pytest.raises(UndecodableAudio):
        duration_s(made, claimed)


@pytest.mark.parametrize("claimed", [f for f in AudioFormat if f is not AudioFormat.PCM])
def test_pcm_is_no_other_format(claimed: AudioFormat) -> None:
    with pytest.raises(UndecodableAudio):
        duration_s(tone(1), claimed)


@pytest.mark.parametrize("audio_format", [f for f in AudioFormat if f is not AudioFormat.PCM])
@pytest.mark.parametrize("missing", [1, 5, 100])
async def test_a_file_without_its_beginning_is_undecodable(audio_format: AudioFormat, missing: int) -> None:
    with pytest.raises(UndecodableAudio):
        duration_s((await ours(1, audio_format))[missing:], audio_format)


@pytest.mark.parametrize("audio_format", [f for f in AudioFormat if f is not AudioFormat.PCM])
@pytest.mark.parametrize("size", [2, 4, 8, 12, 20, 30])
async def test_a_header_alone_is_undecodable(audio_format: AudioFormat, size: int) -> None:
    with pytest.raises(UndecodableAudio):
        duration_s((await ours(1, audio_format))[:size], audio_format)


@pytest.mark.parametrize(
    ("header", "size", "samples", "rate"),
    [
        ("fffb90", 417, 1_152, 44_100),
        ("fffb92", 418, 1_152, 44_100),
        ("fff384", 192, 576, 24_000),
        ("fffb54", 192, 1_152, 48_000),
        ("ffe340", 208, 576, 11_025),
    ],
)
def test_an_mp3_header_tells_the_frames_size(header: str, size: int, samples: int, rate: int) -> None:
    assert mp3_frame_at(bytes.fromhex(header), 0) == (size, samples, rate)


@pytest.mark.parametrize("header", ["fffbf0", "fffb00", "fffb9c", "ffeb90", "fffd90", "fff190", "00fb90", "ff"])
def test_what_is_no_mp3_header_is_none(header: str) -> None:
    assert mp3_frame_at(bytes.fromhex(header), 0) is None


def test_an_adts_header_tells_the_frames_size() -> None:
    assert adts_frame_at(bytes.fromhex("fff14c4016bffc"), 0) == (181, 1_024, 48_000)
