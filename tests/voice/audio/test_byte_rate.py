from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.audio import tone, tone_in
from voice.audio.byte_rate import bytes_per_second
from voice.audio.mp3 import Mp3Encoder
from voice.audio.wav import WavEncoder
from voice.domain.audio import AudioFormat

SECONDS = 20.0


def made(audio_format: AudioFormat) -> bytes:
    pcm = tone(SECONDS)
    if audio_format is AudioFormat.PCM:
        return pcm
    encoder = Mp3Encoder() if audio_format is AudioFormat.MP3 else WavEncoder()
    return encoder.feed(pcm) + encoder.finish()


@pytest.mark.parametrize("audio_format", [AudioFormat.PCM, AudioFormat.WAV, AudioFormat.MP3])
def test_a_stream_lasts_as_long_as_its_size_says(audio_format: AudioFormat) -> None:
    data = made(audio_format)
    rate = bytes_per_second(data[:100], audio_format)
    assert rate is not None
    assert len(data) / rate == pytest.approx(SECONDS, rel=0.01)


def test_a_tag_before_an_mp3_is_no_sound() -> None:
    tagged = tone_in(AudioFormat.MP3, 1.0)
    assert tagged.startswith(b"ID3")
    assert bytes_per_second(tagged, AudioFormat.MP3) == bytes_per_second(
        tagged[tagged.index(b"\xff") :], AudioFormat.MP3
    )


@pytest.mark.parametrize("audio_format", [AudioFormat.OPUS, AudioFormat.AAC, AudioFormat.FLAC])
def test_formats_that_give_each_moment_its_own_size_do_not_tell(audio_format: AudioFormat) -> None:
    assert bytes_per_second(bytes(100), audio_format) is None


@given(st.sampled_from(AudioFormat), st.binary(max_size=100))
def test_no_bytes_are_too_strange_to_be_looked_at(audio_format: AudioFormat, head: bytes) -> None:
    rate = bytes_per_second(head, audio_format)
    assert rate is None or rate > 0
