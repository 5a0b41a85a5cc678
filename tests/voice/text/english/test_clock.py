# ruff: noqa: RUF001 - dashes as people write them

import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("7:30 pm", "seven thirty PM"),
        ("7:30PM", "seven thirty PM"),
        ("9am", "nine AM"),
        ("12:00 p.m.", "twelve PM."),
        ("19:45", "nineteen forty-five"),
        ("7:05", "seven oh five"),
        ("7:00", "seven o'clock"),
        ("19:00", "nineteen hundred"),
        ("00:30", "zero thirty"),
        ("7:30:15", "seven thirty and fifteen seconds"),
        ("7:30:01", "seven thirty and one second"),
    ],
)
def test_it_reads_times_of_day(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("9:00-17:00", "nine o'clock to seventeen hundred"),
        ("9am–5pm", "nine AM to five PM"),
        ("9-5pm", "nine to five PM"),
        ("10 AM – 2:30 PM", "ten AM to two thirty PM"),
    ],
)
def test_it_reads_times_from_one_to_another(written: str, said: str) -> None:
    assert speakable(written) == said


def test_the_stop_of_an_abbreviated_half_stays_only_where_a_sentence_ends() -> None:
    assert speakable("At 9 a.m. we met, at 5 p.m. He left") == "At nine AM we met, at five PM. He left"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("16:9", "sixteen to nine"),
        ("25:61", "twenty-five to sixty-one"),
        ("5 amps", "five amps"),
        ("13am", "thirteen am"),
    ],
)
def test_what_no_clock_shows_is_read_as_figures(written: str, said: str) -> None:
    assert speakable(written) == said
