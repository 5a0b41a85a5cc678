"""Pauses are found whatever lies under them, and however the sound comes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio import tone
from voice.audio.pauses import Speech, SpeechFinder
from voice.audio.pcm import pcm_of, samples_of, silence
from voice.domain.audio import SAMPLE_RATE

SOUND = samples_of(tone(0.5))
TALK = np.concatenate([silence(0.1), SOUND, silence(0.3), SOUND, silence(0.03), SOUND, silence(0.2)])


def found_in(pcm: bytes, piece_bytes: int = 1 << 20) -> Speech | None:
    finder = SpeechFinder()
    for start in range(0, len(pcm), piece_bytes):
        finder.feed(pcm[start : start + piece_bytes])
    return finder.speech()


def check(speech: Speech | None) -> None:
    assert speech
    (pause,) = speech.pauses
    assert (speech.whole.start_s, speech.whole.end_s) == pytest.approx((0.1, 1.93), abs=0.02)
    assert (pause.start_s, pause.end_s) == pytest.approx((0.6, 0.9), abs=0.02)
    assert pause.length_s == pytest.approx(0.3, abs=0.03)


def test_a_pause_is_found_and_the_closure_of_a_consonant_is_none() -> None:
    check(found_in(pcm_of(TALK)))


@pytest.mark.parametrize("piece_bytes", [1, 777, 10_000])
def test_however_the_sound_is_cut_the_pauses_are_the_same(piece_bytes: int) -> None:
    assert found_in(pcm_of(TALK), piece_bytes) == found_in(pcm_of(TALK))


def test_a_noise_in_the_room_hides_no_pause() -> None:
    noise = np.random.default_rng(0).normal(0, 0.01, round(2.13 * SAMPLE_RATE)).astype(np.float32)
    check(found_in(pcm_of(TALK + noise[: len(TALK)])))


@pytest.mark.parametrize("pcm", [b"", bytes(48_000)])
def test_there_is_no_speech_in_silence(pcm: bytes) -> None:
    assert found_in(pcm) is None


def test_what_never_pauses_has_no_pause() -> None:
    speech = found_in(pcm_of(SOUND))
    assert speech
    assert not speech.pauses
