"""What a line is shows at its beginning, or not yet."""

from __future__ import annotations

import pytest

from voice.text.lines import Line, fence_of, line_of


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", Line.BLANK),
        ("---", Line.BLANK),
        ("* * *", Line.BLANK),
        ("# One", Line.HEADING),
        ("#one", Line.PROSE),
        ("- one", Line.ITEM),
        ("  12) one", Line.ITEM),
        ("> one", Line.ITEM),
        ("-one", Line.PROSE),
        ("12", Line.PROSE),
        ("12.5 is more", Line.PROSE),
        ("**One**", Line.PROSE),
        ("| one |", Line.ROW),
        ("```python", Line.FENCE),
        ("~~~", Line.FENCE),
        ("~~gone~~", Line.PROSE),
        ("`one`", Line.PROSE),
    ],
)
def test_a_line_is_what_it_begins_as(line: str, kind: Line) -> None:
    assert line_of(line) is kind
    early = next(found for end in range(len(line) + 1) if (found := line_of(line[:end], is_whole=end == len(line))))
    assert early is kind


@pytest.mark.parametrize("beginning", ["", " ", "#", "-", "**", "1", "12.", "`", "``", "~~"])
def test_what_may_become_several_things_is_not_told_yet(beginning: str) -> None:
    assert line_of(beginning, is_whole=False) is None


def test_a_fence_is_told_by_its_marks() -> None:
    assert [fence_of(line) for line in ("```python", "  ~~~~", "`one`")] == ["```", "~~~~", ""]
