# ruff: noqa: RUF001 - dashes as people write them

import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("$3.50", "three dollars and fifty cents"),
        ("$1.01", "one dollar and one cent"),
        ("$1", "one dollar"),
        ("$1.00", "one dollar"),
        ("$0.99", "ninety-nine cents"),
        ("$0.00", "zero dollars"),
        ("$1,234.56", "one thousand two hundred and thirty-four dollars and fifty-six cents"),
        ("$3.505", "three point five zero five dollars"),
        ("£2.01", "two pounds and one penny"),
        ("£2.50", "two pounds and fifty pence"),
        ("€ 20", "twenty euros"),
        ("20 €", "twenty euros"),
        ("¥500", "five hundred yen"),
        ("50¢", "fifty cents"),
        ("US$5", "five US dollars"),
        ("5 USD", "five US dollars"),
        ("CHF 20", "twenty Swiss francs"),
        ("Rs. 500", "five hundred rupees"),
        ("-$5", "minus five dollars"),
    ],
)
def test_it_reads_money_in_words(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("$1.2 million", "one point two million dollars"),
        ("$5M", "five million dollars"),
        ("$5k", "five thousand dollars"),
        ("€3.5bn", "three point five billion euros"),
        ("$5-10", "five to ten dollars"),
        ("$5 – $10", "five to ten dollars"),
        ("$5M-$10M", "five million to ten million dollars"),
        ("$5-10 million", "five to ten million dollars"),
        ("10-20 €", "ten to twenty euros"),
    ],
)
def test_it_reads_large_and_uncertain_amounts(written: str, said: str) -> None:
    assert speakable(written) == said


def test_it_reads_prices_per_time_or_person() -> None:
    assert speakable("$5/user/month") == "five dollars per user per month"


def test_a_dollar_sign_without_an_amount_is_silent() -> None:
    assert speakable("echo $HOME") == "echo HOME"
