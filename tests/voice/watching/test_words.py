from __future__ import annotations

import pytest

from voice.watching.words import told


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (1234.0, "count", "1,234"),
        (0.594, "share", "59.4%"),
        (0.3531, "seconds", "0.353 s"),
        (1234.56, "minutes", "1,234.6"),
        (12.5, "dollars", "$12.50"),
        (0.0, "dollars", "$0.00"),
        (0.000165, "dollars", "$0.000165"),
        (None, "share", "–"),  # noqa: RUF001
    ],
)
def test_figures_are_written_as_people_read_them(value: float | None, unit: str, written: str) -> None:
    assert told(value, unit) == written
