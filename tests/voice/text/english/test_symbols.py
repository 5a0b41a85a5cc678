# ruff: noqa: RUF001 - signs as people write them

import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2 + 2 = 4", "two plus two equals four"),
        ("10 - 3 = 7", "ten minus three equals seven"),
        ("3*4 × 2 ÷ 5", "three times four times two divided by five"),
        ("x² + y^2", "x squared plus y squared"),
        ("2^10", "two to the power of ten"),
        ("a <= b != c", "a less than or equal to b does not equal c"),
        (">5 and <10", "greater than five and less than ten"),
        ("5 ± 1 ≈ 6", "five plus or minus one approximately six"),
    ],
)
def test_it_reads_sums(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("R&D", "R and D"),
        ("me @ work", "me at work"),
        ("#tag", "hashtag tag"),
        ("~5 km", "about five kilometers"),
        ("5+ items", "five plus items"),
        ("C++ and C#", "C plus plus and C sharp"),
        ("a -> b → c", "a to b to c"),
        ("he/she", "he slash she"),
        ("TCP/IP", "TCP IP"),
        ("/etc/hosts", "slash etc slash hosts"),
        ("§ 5", "section five"),
        ("snake_case | *x*", "snake case x"),
    ],
)
def test_it_reads_signs_in_words(written: str, said: str) -> None:
    assert speakable(written) == said


def test_marks_of_a_sentence_stay() -> None:
    assert speakable("“Well” — it’s (almost) done… right?") == "“Well” — it’s (almost) done… right?"
