import re

import pytest

from voice.text.english.rules import NUMBER, one_of, read, stop_if_last


def test_rules_are_applied_in_order() -> None:
    assert read("a", [(re.compile("a"), "b"), (re.compile("b"), "c")]) == "c"


def test_the_longest_word_is_tried_first() -> None:
    assert re.findall(one_of(["m", "mm", "m²"]), "mm m m²") == ["mm", "m", "m²"]


@pytest.mark.parametrize("figures", ["5", "1,234", "1234.5", "1,234,567.89"])
def test_a_number_may_have_groups_and_decimals(figures: str) -> None:
    assert re.fullmatch(NUMBER, figures)


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("etc. Then", "."),
        ("etc.", "."),
        ("etc.\nthen", "."),
        ('etc. "So', "."),
        ("etc. then", ""),
        ("etc., Then", ""),
        ("etc", ""),
    ],
)
def test_a_full_stop_is_kept_only_where_a_sentence_ends(text: str, stop: str) -> None:
    match = re.match(r"etc\.?", text)
    assert match is not None
    assert stop_if_last(match) == stop
