"""How long a stream lasts, measured as it passes, against a full decode."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import cache

import numpy as np
import pytest

from tests.audio import decoded_s, encoded
from voice.audio.encoding import encode
from voice.audio.metering import HEAD_BYTES, TAIL_BYTES, Meter
from voice.domain.audio import SAMPLE_RATE, AudioFormat
from voice.domain.errors import UndecodableAudio

CHUNK_BYTES = 4_321
SHORT_S, LONG_S = 2.0, 120.0


@cache
def chatter(seconds: float) -> bytes:
    """PCM that is now louder, now softer, as speech is: what its formats make of a second differs."""
    noise = np.random.default_rng(1).standard_normal(round(seconds * SAMPLE_RATE)) * 6_000
    loudness = np.sin(np.arange(len(noise)) / SAMPLE_RATE) ** 2
    return bytes((noise * loudness).clip(-30_000, 30_000).astype("<i2").tobytes())


async def ours(seconds: float, target: AudioFormat) -> bytes:
    async def pcm() -> AsyncGenerator[bytes, None]:
        yield chatter(seconds)

    return b"".join([chunk async for chunk in encode(pcm(), AudioFormat.PCM, target)])


def metered(data: bytes, audio_format: AudioFormat) -> Meter:
    meter = Meter(audio_format)
    for start in range(0, len(data), CHUNK_BYTES):
        meter.feed(data[start : start + CHUNK_BYTES])
    return meter


@pytest.mark.parametrize("audio_format", list(AudioFormat))
async def test_what_is_short_is_measured_exactly(audio_format: AudioFormat) -> None:
    made = await ours(SHORT_S, audio_format)
    meter = metered(made, audio_format)
    assert meter.size_bytes == len(made) <= HEAD_BYTES + TAIL_BYTES
    assert meter.duration_s() == pytest.approx(decoded_s(made, audio_format), abs=0.005)


@pytest.mark.parametrize("audio_format", list(AudioFormat))
async def test_what_is_long_is_measured_by_its_ends(audio_format: AudioFormat) -> None:
    made = await ours(LONG_S, audio_format)
    assert len(made) > 2 * (HEAD_BYTES + TAIL_BYTES)
    assert metered(made, audio_format).duration_s() == pytest.approx(decoded_s(made, audio_format), rel=0.02)


@pytest.mark.parametrize("audio_format", list(AudioFormat))
def test_so_is_what_a_vendor_sends_as_a_complete_file(audio_format: AudioFormat) -> None:
    sent = encoded(chatter(LONG_S), audio_format)
    assert metered(sent, audio_format).duration_s() == pytest.approx(decoded_s(sent, audio_format), rel=0.02)


@pytest.mark.parametrize("audio_format", list(AudioFormat))
@pytest.mark.parametrize("data", [b"", b"<html>Sorry</html>" * 20_000])
def test_what_is_no_audio_is_undecodable(audio_format: AudioFormat, data: bytes) -> None:
    with pytest.raises(UndecodableAudio):
        metered(data, audio_format).duration_s()


def test_of_a_long_stream_only_the_ends_are_held() -> None:
    meter = metered(chatter(LONG_S), AudioFormat.PCM)
    assert len(meter._head) + len(meter._tail) == HEAD_BYTES + TAIL_BYTES
