# ruff: noqa: RUF001 - dashes and signs as people write them

import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5 km", "five kilometers"),
        ("1 km", "one kilometer"),
        ("5kg", "five kilograms"),
        ("3.5 GB", "three point five gigabytes"),
        ("10 ms", "ten milliseconds"),
        ("10 μs", "ten microseconds"),
        ("60 mph", "sixty miles per hour"),
        ("2.4GHz", "two point four gigahertz"),
        ("20°C", "twenty degrees Celsius"),
        ("68 °F", "sixty-eight degrees Fahrenheit"),
        ("-5°C", "minus five degrees Celsius"),
        ("90°", "ninety degrees"),
        ("5 m²", "five square meters"),
        ("6 ft. tall, 180 lbs.", "six feet tall, one hundred and eighty pounds."),
        ("1,000 px", "one thousand pixels"),
    ],
)
def test_it_reads_measures(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5%", "five percent"),
        ("0.5 %", "zero point five percent"),
        ("-2.5%", "minus two point five percent"),
        ("5-10%", "five to ten percent"),
        ("5%–10%", "five to ten percent"),
        ("X%", "X percent"),
    ],
)
def test_it_reads_percentages(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5 km/h", "five kilometers per hour"),
        ("9.8 m/s²", "nine point eight meters per second squared"),
        ("10 MB/s", "ten megabytes per second"),
        ("5-10 km", "five to ten kilometers"),
        ("a 5-km run", "a five kilometer run"),
        ("2h30m, 1h 5min, 1h30", "two hours thirty minutes, one hour five minutes, one hour thirty minutes"),
        ("5m 3s", "five minutes three seconds"),
        ("6'2\" tall", "six foot two tall"),
        ("640x480", "six hundred and forty by four hundred and eighty"),
        ("3 x 4", "three times four"),
    ],
)
def test_it_reads_measures_made_of_several(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10K", "ten thousand"),
        ("1.5M", "one point five million"),
        ("10x", "ten times"),
        ("4K", "four K"),
        ("5G", "five G"),
    ],
)
def test_it_reads_shortened_numbers_but_not_names(written: str, said: str) -> None:
    assert speakable(written) == said


def test_a_preposition_is_no_inch() -> None:
    assert speakable("5 in stock") == "five in stock"
