"""Of the pauses in speech, those are found that lie between its sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.audio.alignment import align, estimate, in_proportion
from voice.audio.pauses import Speech, Stretch


def speech_of(*parts: tuple[float, float]) -> Speech:
    """So many seconds of sound, then of pause, and so on; what comes after the last sound does not matter."""
    at, pauses = 0.0, []
    for sound_s, pause_s in parts:
        pauses.append(Stretch(at + sound_s, at + sound_s + pause_s))
        at = pauses[-1].end_s
    return Speech(Stretch(0.0, pauses[-1].start_s), tuple(pauses[:-1]))


def test_pauses_within_sentences_are_passed_over() -> None:
    aligned = align(speech_of((1, 0.15), (1, 0.4), (0.5, 0.4), (1, 0.12), (2, 0)), [20, 5, 30])
    assert aligned.exact
    assert [one.start_s for one in aligned.sentences] == pytest.approx([0, 2.55, 3.45])
    assert [one.end_s for one in aligned.sentences] == pytest.approx([2.15, 3.05, 6.57])


def test_a_long_pause_in_the_wrong_place_deceives_nobody() -> None:
    aligned = align(speech_of((0.5, 0.6), (3.5, 0.3), (4, 0.3), (4, 0)), [40, 40, 40])
    assert [one.start_s for one in aligned.sentences] == pytest.approx([0, 4.9, 9.2])


def test_where_there_is_no_pause_the_place_is_estimated_and_said_to_be() -> None:
    aligned = align(speech_of((4, 0.4), (2, 0)), [20, 20, 20])
    assert not aligned.exact
    assert [one.start_s for one in aligned.sentences] == pytest.approx([0, 2, 4.4], abs=0.3)


def test_more_sentences_than_there_is_room_for_are_spread_out() -> None:
    aligned = align(speech_of((0.5, 0)), [10] * 20)
    assert not aligned.exact
    assert aligned.sentences == in_proportion([10] * 20, Stretch(0, 0.5))


def test_one_sentence_is_all_of_it() -> None:
    aligned = align(speech_of((1, 0.2), (1, 0)), [7])
    assert aligned.exact
    assert aligned.sentences == (Stretch(0, 2.2),)


@given(
    st.lists(st.tuples(st.floats(0.05, 5), st.floats(0.06, 2)), min_size=1, max_size=30),
    st.lists(st.floats(4, 400), min_size=1, max_size=20),
)
def test_sentences_never_overlap_and_never_leave_the_speech(
    parts: list[tuple[float, float]], lengths: list[float]
) -> None:
    speech = speech_of(*parts)
    aligned = align(speech, lengths)
    edges = [edge for one in aligned.sentences for edge in (one.start_s, one.end_s)]
    assert len(aligned.sentences) == len(lengths)
    assert edges == sorted(edges)
    assert edges[0] == pytest.approx(speech.whole.start_s)
    assert edges[-1] == pytest.approx(speech.whole.end_s)


def test_what_has_yet_to_be_heard_is_taken_to_be_said_at_the_usual_pace() -> None:
    first, second = estimate([30, 15])
    assert (first.length_s, second.length_s) == pytest.approx((2, 1))
    assert second.start_s == pytest.approx(2.4)
