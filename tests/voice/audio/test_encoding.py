"""From one format to another, as it streams."""

from __future__ import annotations

import io
import sys
import wave
from collections.abc import AsyncGenerator

import numpy as np
import pytest

from tests.audio import decoded, decoded_s, encoded, tone
from voice.audio.encoding import encode
from voice.audio.pcm import Samples
from voice.domain.audio import BYTES_PER_SECOND, SAMPLE_RATE, AudioFormat, pcm_duration_s
from voice.domain.errors import InvalidRequest, UndecodableAudio

PCM = AudioFormat.PCM
TARGETS = [target for target in AudioFormat if target is not PCM]
HEADER_BYTES = 200
"""No format here begins with more bytes than this before its first sound."""

NEAR_S = 0.05


async def cut(data: bytes, size: int) -> AsyncGenerator[bytes, None]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def converted(data: bytes, source: AudioFormat, target: AudioFormat, chunk_bytes: int = 4_096) -> bytes:
    return b"".join([chunk async for chunk in encode(cut(data, chunk_bytes), source, target)])


def likeness(one: Samples, other: Samples) -> float:
    """How alike two signals are, 1 at most, at the shift that suits them best."""
    size = 2 * max(len(one), len(other))
    products = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)))
    return float(products.max() / np.sqrt((one**2).sum() * (other**2).sum()))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seconds", [0.2, 3, 60])
async def test_every_format_lasts_as_long_as_the_pcm(target: AudioFormat, seconds: float) -> None:
    made = await converted(tone(seconds), PCM, target)
    assert 0 <= decoded_s(made, target) - seconds < NEAR_S


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("samples", [3_001, 24_001, 47_999])
async def test_no_length_adds_more_than_the_formats_own_padding(target: AudioFormat, samples: int) -> None:
    made = await converted(tone(samples / SAMPLE_RATE), PCM, target)
    assert 0 <= decoded_s(made, target) - samples / SAMPLE_RATE < NEAR_S


@pytest.mark.parametrize("target", TARGETS)
async def test_it_sounds_like_the_pcm(target: AudioFormat) -> None:
    pcm = tone(1.5, hertz=330)
    assert likeness(decoded(await converted(pcm, PCM, target), target), decoded(pcm, PCM)) > 0.98


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("chunk_bytes", [1, 333, 4_097, 200_000])
async def test_where_the_pcm_is_cut_changes_nothing(target: AudioFormat, chunk_bytes: int) -> None:
    pcm = tone(0.7)
    made = decoded(await converted(pcm, PCM, target, chunk_bytes), target)
    assert np.array_equal(made, decoded(await converted(pcm, PCM, target, 4_800), target))


@pytest.mark.parametrize("target", TARGETS)
async def test_half_a_sample_at_the_end_is_dropped(target: AudioFormat) -> None:
    pcm = tone(0.5)
    whole, torn = await converted(pcm, PCM, target), await converted(pcm + b"\x01", PCM, target)
    assert np.array_equal(decoded(torn, target), decoded(whole, target))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("chunk_bytes", [4_800, BYTES_PER_SECOND])
async def test_the_first_second_is_out_before_the_second_one_is_asked_for(
    target: AudioFormat, chunk_bytes: int
) -> None:
    read_bytes = out_bytes = 0

    async def reading() -> AsyncGenerator[bytes, None]:
        nonlocal read_bytes
        async for chunk in cut(tone(2), chunk_bytes):
            read_bytes += len(chunk)
            yield chunk

    async for made in encode(reading(), PCM, target):
        if pcm_duration_s(read_bytes) > 1:
            break
        out_bytes += len(made)
    assert out_bytes > HEADER_BYTES


@pytest.mark.parametrize(
    ("source", "target"),
    [(source, target) for source in TARGETS for target in (PCM, AudioFormat.WAV, AudioFormat.MP3) if source != target],
)
async def test_what_a_vendor_sends_becomes_any_other_format(source: AudioFormat, target: AudioFormat) -> None:
    sent = encoded(tone(3), source)
    made = await converted(sent, source, target, 1_000)
    assert abs(decoded_s(made, target) - 3) < 2 * NEAR_S
    assert likeness(decoded(made, target), decoded(tone(3), PCM)) > 0.95


@pytest.mark.parametrize("source", TARGETS)
async def test_a_vendors_first_half_is_heard_before_its_second(source: AudioFormat) -> None:
    sent = encoded(tone(8), source)
    read_bytes = heard_s = 0.0

    async def reading() -> AsyncGenerator[bytes, None]:
        nonlocal read_bytes
        async for chunk in cut(sent, 500):
            read_bytes += len(chunk)
            yield chunk

    async for pcm in encode(reading(), source, PCM):
        if read_bytes > len(sent) / 2:
            break
        heard_s += pcm_duration_s(len(pcm))
    assert heard_s > 2


@pytest.mark.parametrize("target", TARGETS)
async def test_what_it_makes_it_reads_back_for_as_long(target: AudioFormat) -> None:
    made = await converted(tone(3), PCM, target)
    back = await converted(made, target, PCM, 777)
    assert abs(pcm_duration_s(len(back)) - 3) < NEAR_S


@pytest.mark.parametrize(("rate", "channels"), [(22_050, 1), (44_100, 2), (8_000, 1)])
async def test_a_wav_of_another_rate_is_resampled(rate: int, channels: int) -> None:
    sent = wav(rate, channels, seconds=2)
    back = await converted(sent, AudioFormat.WAV, PCM, 999)
    assert abs(pcm_duration_s(len(back)) - 2) < 0.01
    assert likeness(decoded(back, PCM), decoded(tone(2), PCM)) > 0.98


async def test_what_follows_a_wavs_samples_is_not_heard() -> None:
    sent = wav(SAMPLE_RATE, 1, seconds=1) + b"LIST\x04\x00\x00\x00abcd"
    assert len(await converted(sent, AudioFormat.WAV, PCM)) == BYTES_PER_SECOND


def wav(rate: int, channels: int, seconds: float) -> bytes:
    times = np.arange(round(seconds * rate)) / rate
    samples = (np.sin(2 * np.pi * 440 * times) * 8192).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(np.repeat(samples, channels).tobytes())
    return file.getvalue()


@pytest.mark.parametrize("audio_format", list(AudioFormat))
async def test_the_same_format_passes_untouched(audio_format: AudioFormat) -> None:
    chunks = cut(b"whatever it is", 5)
    assert encode(chunks, audio_format, audio_format) is chunks


@pytest.mark.parametrize("target", TARGETS)
async def test_nothing_in_is_nothing_out(target: AudioFormat) -> None:
    assert await converted(b"", PCM, target) == b""


@pytest.mark.parametrize("source", TARGETS)
async def test_what_is_no_audio_at_all_is_undecodable(source: AudioFormat) -> None:
    with pytest.raises(UndecodableAudio):
        await converted(b"<html><body>502 Bad Gateway</body></html>" * 50, source, PCM)


async def test_closing_it_closes_its_source() -> None:
    closed = []

    async def endless() -> AsyncGenerator[bytes, None]:
        try:
            while True:
                yield tone(0.1)
        finally:
            closed.append(True)

    made = encode(endless(), PCM, AudioFormat.MP3)
    await anext(made)
    await made.aclose()
    assert closed


@pytest.mark.parametrize("target", [AudioFormat.OPUS, AudioFormat.AAC, AudioFormat.FLAC])
async def test_without_the_extra_it_says_which_is_missing(target: AudioFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)  # what Python itself does for a module that must not be found
    with pytest.raises(InvalidRequest) as refused:
        encode(cut(tone(1), 4_096), PCM, target)
    assert "codecs" in refused.value.fields["format"]


@pytest.mark.parametrize("target", [AudioFormat.MP3, AudioFormat.WAV])
async def test_mp3_and_wav_need_no_extra(target: AudioFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "av", None)
        made = await converted(tone(1), PCM, target)
    assert abs(decoded_s(made, target) - 1) < NEAR_S
