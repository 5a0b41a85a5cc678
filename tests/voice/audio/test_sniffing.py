"""Telling audio from what is none by its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.audio import tone_in
from voice.audio.sniffing import looks_like
from voice.audio.wav import WavEncoder
from voice.domain.audio import AudioFormat

ENOUGH = 512
NOT_AUDIO = {
    "an error page": b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Sorry</body></html>",
    "JSON": b'{"error": {"message": "The server had an error while processing your request", "code": 500}}',
    "a sentence": b"this is not audio" * 100,
}


def verdict(data: bytes, audio_format: AudioFormat) -> bool | None:
    """The first word on a stream that comes byte by byte."""
    words = (looks_like(data[:size], audio_format) for size in range(1, min(len(data), ENOUGH) + 1))
    return next((word for word in words if word is not None), None)


@pytest.mark.parametrize("audio_format", AudioFormat)
def test_every_format_is_known_from_a_whole_file_and_from_its_first_bytes(audio_format: AudioFormat) -> None:
    data = tone_in(audio_format, 1.0)
    assert looks_like(data, audio_format) is True
    assert verdict(data, audio_format) is True


@pytest.mark.parametrize("audio_format", AudioFormat)
@pytest.mark.parametrize("what", NOT_AUDIO)
def test_what_is_no_audio_is_told_from_it(audio_format: AudioFormat, what: str) -> None:
    assert looks_like(NOT_AUDIO[what], audio_format) is False
    assert verdict(NOT_AUDIO[what], audio_format) is False


@pytest.mark.parametrize("claimed", [known for known in AudioFormat if known is not AudioFormat.PCM])
@pytest.mark.parametrize("real", [known for known in AudioFormat if known is not AudioFormat.PCM])
def test_one_format_is_not_taken_for_another(claimed: AudioFormat, real: AudioFormat) -> None:
    if claimed is not real:
        tagged = tone_in(real, 1.0).startswith(b"ID3")  # a tag may stand before both MP3 and AAC
        assert looks_like(tone_in(real, 1.0), claimed) is (tagged and claimed is AudioFormat.AAC)


def test_a_wav_without_a_sample_is_no_sound_yet() -> None:
    header = WavEncoder().feed(b"")
    assert looks_like(header, AudioFormat.WAV) is None
    assert looks_like(header + b"\0", AudioFormat.WAV) is True


@given(st.sampled_from(AudioFormat), st.binary(max_size=100))
def test_no_bytes_are_too_strange_to_be_looked_at(audio_format: AudioFormat, head: bytes) -> None:
    assert looks_like(head, audio_format) in {True, False, None}


@given(st.sampled_from(AudioFormat), st.integers(1, ENOUGH), st.integers(1, ENOUGH))
def test_more_bytes_never_take_back_that_it_is_audio(audio_format: AudioFormat, some: int, more: int) -> None:
    data = tone_in(audio_format, 1.0)
    if looks_like(data[:some], audio_format):
        assert looks_like(data[: some + more], audio_format) is True
