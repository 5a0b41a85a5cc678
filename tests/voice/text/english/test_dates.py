# ruff: noqa: RUF001 - dashes and apostrophes as people write them

import pytest

from voice.text.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("on Jan. 5th, 2026", "on January fifth, twenty twenty-six"),
        ("January 5, 2026", "January fifth, twenty twenty-six"),
        ("Sept 5", "September fifth"),
        ("21 November 2026", "the twenty-first of November, twenty twenty-six"),
        ("The 21st of November", "The twenty-first of November"),
        ("5 Dec.", "the fifth of December."),
        ("November 2026", "November twenty twenty-six"),
        ("in May, 2026", "in May twenty twenty-six"),
        ("May 5-7", "May fifth to seventh"),
        ("May 5th – 7th, 2026", "May fifth to seventh, twenty twenty-six"),
        ("Mon, Nov 21", "Monday, November twenty-first"),
        ("on Tues. 5 May", "on Tuesday the fifth of May"),
    ],
)
def test_it_reads_days_of_a_named_month(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-21", "November twenty-first, twenty twenty-six"),
        ("2026/11/21", "November twenty-first, twenty twenty-six"),
        ("2026-11-21T10:30:00.5Z", "November twenty-first, twenty twenty-six, ten thirty UTC"),
        ("11/21/2026", "November twenty-first, twenty twenty-six"),
        ("21/11/2026", "November twenty-first, twenty twenty-six"),
        ("1/2/99", "January second, nineteen ninety-nine"),
        ("1/2/05", "January second, two thousand and five"),
        ("21.11.2026", "November twenty-first, twenty twenty-six"),
        ("due 12/25", "due December twenty-fifth"),
    ],
)
def test_it_reads_days_in_figures(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the 1990s", "the nineteen nineties"),
        ("the 1980's", "the nineteen eighties"),
        ("the '90s and ’80s", "the nineties and eighties"),
        ("in the 80s, his late 30s", "in the eighties, his late thirties"),
        ("the 2000s", "the two thousands"),
        ("wait 30s", "wait thirty seconds"),
    ],
)
def test_it_tells_decades_from_seconds(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-13-01", "twenty twenty-six-thirteen-zero one"),
        ("31/31/2026", "thirty-one slash thirty-one slash twenty twenty-six"),
        ("by 13/40", "by thirteen slash forty"),
        ("40.13.2026", "forty point thirteen point two thousand and twenty-six"),
        ("Jan 32", "Jan thirty-two"),
        ("32 Jan. we", "thirty-two January we"),
        ("May 5:30", "May five thirty"),
    ],
)
def test_what_is_no_date_is_read_as_figures(written: str, said: str) -> None:
    assert speakable(written) == said
