"""What a stream could not know, written into the file."""

from __future__ import annotations

import io
import wave
from collections.abc import AsyncGenerator

import av
import numpy as np
import pytest

from tests.audio import decoded, encoded, tone
from voice.audio.encoding import encode
from voice.audio.finishing import finish
from voice.domain.audio import AudioFormat
from voice.domain.errors import UndecodableAudio

SECONDS = 2.345
WITH_SIZES = [AudioFormat.WAV, AudioFormat.FLAC]


async def streamed(target: AudioFormat) -> bytes:
    async def pcm() -> AsyncGenerator[bytes, None]:
        yield tone(SECONDS)

    return b"".join([chunk async for chunk in encode(pcm(), AudioFormat.PCM, target)])


def declared_s(data: bytes) -> float:
    """Seconds the file's header claims."""
    with av.open(io.BytesIO(data)) as container:
        stream = container.streams.audio[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        return float(stream.duration * stream.time_base)


@pytest.mark.parametrize("audio_format", WITH_SIZES)
async def test_the_header_then_says_how_long_it_lasts(audio_format: AudioFormat) -> None:
    assert declared_s(finish(await streamed(audio_format), audio_format)) == pytest.approx(SECONDS, abs=1e-4)


@pytest.mark.parametrize("audio_format", WITH_SIZES)
async def test_the_sound_stays_the_same(audio_format: AudioFormat) -> None:
    made = await streamed(audio_format)
    finished = finish(made, audio_format)
    assert len(finished) == len(made)
    assert np.array_equal(decoded(finished, audio_format), decoded(made, audio_format))


async def test_pythons_own_reader_takes_the_wav() -> None:
    with wave.open(io.BytesIO(finish(await streamed(AudioFormat.WAV), AudioFormat.WAV))) as reader:
        assert reader.getnframes() == len(tone(SECONDS)) // 2


@pytest.mark.parametrize("audio_format", WITH_SIZES)
async def test_finishing_twice_changes_nothing_more(audio_format: AudioFormat) -> None:
    once = finish(await streamed(audio_format), audio_format)
    assert finish(once, audio_format) == once


@pytest.mark.parametrize("audio_format", WITH_SIZES)
def test_a_file_that_knows_its_size_is_left_alone(audio_format: AudioFormat) -> None:
    sent = encoded(tone(1), audio_format)
    assert finish(sent, audio_format) == sent


@pytest.mark.parametrize("audio_format", [f for f in AudioFormat if f not in WITH_SIZES])
async def test_every_other_format_is_left_alone(audio_format: AudioFormat) -> None:
    made = await streamed(audio_format)
    assert finish(made, audio_format) is made


@pytest.mark.parametrize("audio_format", WITH_SIZES)
@pytest.mark.parametrize("data", [b"", b"<html>", b"RIFF\xff\xff\xff\xffWAVE", b"fLaC\x00\x00\x00\x22"])
def test_what_is_not_that_format_is_undecodable(audio_format: AudioFormat, data: bytes) -> None:
    with pytest.raises(UndecodableAudio):
        finish(data, audio_format)
