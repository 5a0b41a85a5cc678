"""Amounts are told with as many digits as people read."""

from __future__ import annotations

import pytest

from accounts.amounts import bare, told


@pytest.mark.parametrize(
    ("amount", "unit", "with_unit", "without"),
    [
        (12_400, "characters", "12,400 characters", "12,400"),
        (3.54, "minutes", "3.5 minutes", "3.5"),
        (2400.0, "minutes", "2,400 minutes", "2,400"),
        (1.234567, "USD", "$1.23", "$1.23"),
    ],
)
def test_an_amount_is_told_with_its_unit_and_without(amount: float, unit: str, with_unit: str, without: str) -> None:
    assert told(amount, unit) == with_unit
    assert bare(amount, unit) == without
