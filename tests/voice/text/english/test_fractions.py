import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1/2", "one half"),
        ("3/4", "three quarters"),
        ("2/3 of it", "two thirds of it"),
        ("1 1/2 cups", "one and a half cups"),
        ("2 3/4", "two and three quarters"),
        ("½", "one half"),
        ("2½ hours", "two and a half hours"),
        ("¾ mi", "three quarters mile"),
        ("1/2 tsp", "one half teaspoon"),
        ("1 1/2 tsp", "one and a half teaspoons"),
    ],
)
def test_it_reads_fractions(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("10/10", "ten out of ten"),
        ("24/7", "twenty-four seven"),
        ("50/50", "fifty fifty"),
        ("5/4", "five slash four"),
        ("12/25", "twelve slash twenty-five"),
        ("1/2/3", "one slash two slash three"),
        ("0/0", "zero out of zero"),
    ],
)
def test_not_every_stroke_makes_a_fraction(written: str, said: str) -> None:
    assert speakable(written) == said
