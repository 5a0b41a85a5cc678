import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("555-123-4567", "five five five, one two three, four five six seven"),
        ("(555) 123-4567", "five five five, one two three, four five six seven"),
        ("+1 (555) 123-4567", "plus one, five five five, one two three, four five six seven"),
        ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
        ("1-800-555-1234", "one, eight zero zero, five five five, one two three four"),
        ("555-1234", "five five five, one two three four"),
        ("4111 1111 1111 1111", "four one one one, one one one one, one one one one, one one one one"),
        ("12345678901", "one two three four five six seven eight nine zero one"),
    ],
)
def test_telephone_and_card_numbers_are_read_figure_by_figure(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Python 3.11.2", "Python three point eleven point two"),
        ("v2", "version two"),
        ("version v2.0", "version two point zero"),
        ("10.0.0.1:80", "ten dot zero dot zero dot one port eighty"),
        ("localhost:8000", "localhost port eight thousand"),
    ],
)
def test_versions_and_addresses_of_machines_are_read_part_by_part(written: str, said: str) -> None:
    assert speakable(written) == said


def test_a_range_in_round_numbers_is_no_telephone_number() -> None:
    assert speakable("500-1000 words") == "five hundred to one thousand words"
