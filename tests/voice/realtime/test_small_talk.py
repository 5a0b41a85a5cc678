"""Plain requests get plain answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voice.realtime.small_talk import courtesy, request

NOW = datetime(2026, 1, 5, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("12 * 7", "12 times 7 is **84**."),
        ("What is 1200 plus 34.5?", "1,200 plus 34.5 is **1,234.5**."),
        ("how much is 10 divided by 4 ?", "10 divided by 4 is **2.5**."),
        ("-3 - 4 =", "-3 minus 4 is **-7**."),
        ("1 / 0", "Nobody can divide by zero, not even aloud. Try another number?"),
    ],
)
def test_it_does_sums(asked: str, answer: str) -> None:
    assert request(asked, NOW) == answer


@pytest.mark.parametrize("asked", ["What time is it?", "what's the time", "Please tell me the time"])
def test_it_tells_the_time_it_is_given(asked: str) -> None:
    assert "09:07" in str(request(asked, NOW))


@pytest.mark.parametrize("asked", ["What day is it?", "what is today's date?", "Tell me the date"])
def test_it_tells_the_date_it_is_given(asked: str) -> None:
    assert "Monday, January 5, 2026" in str(request(asked, NOW))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("say Hello there!", "Hello there!"),
        ("Repeat after me: one,\ntwo", "one,\ntwo"),
        ("Please read aloud the *whole* thing", "the *whole* thing"),
    ],
)
def test_it_says_after_one(asked: str, words: str) -> None:
    assert request(asked, NOW) == words


@pytest.mark.parametrize("asked", ["Read it to me", "say that again", "I say no", "the first time I press", "3 apples"])
def test_it_takes_nothing_else_for_a_request(asked: str) -> None:
    assert request(asked, NOW) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Tell me a story", "lighthouse"),
        ("do you know a joke?", "delivery"),
        ("Hi!", "Nice to meet you"),
        ("thank you very much", "welcome"),
        ("How are you?", "very well"),
        ("Who are you?", "demo assistant"),
        ("What can you do?", "speaker icon"),
        ("bye", "Goodbye"),
    ],
)
def test_it_is_polite(said: str, told: str) -> None:
    assert told in str(courtesy(said))


def test_it_knows_when_nothing_was_asked_of_it() -> None:
    assert courtesy("The weather in Lisbon is pleasant") is None
