# ruff: noqa: RUF001 - phonemes are the point
from __future__ import annotations

import numpy as np

from voice.audio.pcm import Samples, samples_of
from voice.audio.silence import SENTENCE_PAUSE_S
from voice.domain.audio import SAMPLE_RATE
from voice.providers.english_speech import runs, spoken


def a_second(sentence: str) -> Samples:
    """A second of sound, or none for a sentence that is marked silent."""
    return np.full(0 if "silent" in sentence else SAMPLE_RATE, 0.5, np.float32)


def test_each_sentence_is_made_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def say(sentence: str) -> Samples:
        asked.append(sentence)
        return a_second(sentence)

    next(spoken("One. Two. Three.", 1.0, 250, say))
    assert asked == ["One."]


def test_the_pause_stands_before_the_next_sentence_and_shrinks_with_speed() -> None:
    first, second = map(samples_of, spoken("One. Two.", 2.0, 250, a_second))
    pause = round(SENTENCE_PAUSE_S / 2 * SAMPLE_RATE)
    assert len(first) == SAMPLE_RATE
    assert not second[:pause].any()
    assert second[pause:].all()


def test_what_has_no_sound_leaves_no_pause() -> None:
    assert len(list(spoken("One. This is silent. Three.", 1.0, 250, a_second))) == 2


def test_a_run_of_phonemes_is_cut_between_words_where_it_is_too_long() -> None:
    assert list(runs(["həlˈO ðˈɛɹ fɹˈɛnd"], 12)) == ["həlˈO ðˈɛɹ", "fɹˈɛnd"]


def test_a_word_longer_than_a_run_is_cut_inside() -> None:
    assert list(runs(["a" * 25], 10)) == ["a" * 10, "a" * 10, "a" * 5]


def test_marks_alone_are_left_out() -> None:
    assert list(runs(["", "…", "həlˈO."], 300)) == ["həlˈO."]
