"""Between samples and PCM."""

from __future__ import annotations

import numpy as np

from voice.audio.pcm import pcm_of, samples_of, silence


def test_full_scale_is_full_scale() -> None:
    assert pcm_of(np.array([0, 1, -1], np.float32)) == b"\x00\x00\xff\x7f\x01\x80"


def test_what_is_louder_is_clipped_and_does_not_wrap_round() -> None:
    assert pcm_of(np.array([1.5, -7], np.float32)) == pcm_of(np.array([1, -1], np.float32))


def test_there_and_back_changes_nothing() -> None:
    pcm = np.arange(-32_767, 32_768, 7, dtype="<i2").tobytes()
    assert pcm_of(samples_of(pcm)) == pcm


def test_silence_lasts_as_long_as_asked() -> None:
    assert pcm_of(silence(0.5)) == bytes(24_000)
