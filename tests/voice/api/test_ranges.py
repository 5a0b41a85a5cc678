from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.api.ranges import Asked, part_for

ETAG = '"abc-64"'


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=10-19", 10, 20),
        ("bytes=90-", 90, 100),
        ("bytes=90-5000", 90, 100),
        ("bytes=-10", 90, 100),
        ("bytes=-5000", 0, 100),
        (" bytes=1-2 ", 1, 3),
    ],
)
def test_a_range_is_answered_with_its_part(asked: str, start: int, end: int) -> None:
    part = part_for(Asked(range=asked), ETAG, 100)
    assert (part.status, part.start, part.end) == (206, start, end)
    assert part.headers["Content-Range"] == f"bytes {start}-{end - 1}/100"


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999-"])
def test_a_range_beyond_the_end_cannot_be_satisfied(asked: str) -> None:
    part = part_for(Asked(range=asked), ETAG, 100)
    assert (part.status, part.end - part.start) == (416, 0)
    assert part.headers["Content-Range"] == "bytes */100"


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,5-6", "bytes=+1-2", "", "bytes=1" + "0" * 40 + "-"],
)
def test_what_is_no_single_range_of_bytes_is_answered_with_the_whole(asked: str) -> None:
    part = part_for(Asked(range=asked), ETAG, 100)
    assert (part.status, part.start, part.end) == (200, 0, 100)


@pytest.mark.parametrize("tags", [ETAG, f"W/{ETAG}", f'"other", {ETAG}', "*"])
def test_a_client_that_has_it_is_told_so(tags: str) -> None:
    assert part_for(Asked(if_none_match=tags), ETAG, 100).status == 304


def test_a_client_that_has_another_version_gets_this_one() -> None:
    assert part_for(Asked(if_none_match='"other"'), ETAG, 100).status == 200


def test_having_it_counts_before_wanting_a_part() -> None:
    assert part_for(Asked(range="bytes=0-1", if_none_match=ETAG), ETAG, 100).status == 304


def test_a_part_of_the_same_version_is_continued() -> None:
    assert part_for(Asked(range="bytes=5-", if_range=ETAG), ETAG, 100).status == 206


@pytest.mark.parametrize("condition", ['"other"', f"W/{ETAG}", "Sat, 21 Nov 2026 03:00:00 GMT"])
def test_a_part_of_another_version_is_not_continued(condition: str) -> None:
    part = part_for(Asked(range="bytes=5-", if_range=condition), ETAG, 100)
    assert (part.status, part.start, part.end) == (200, 0, 100)


@given(st.text() | st.from_regex(r"bytes=\d{0,4}-\d{0,4}", fullmatch=True), st.integers(1, 2000))
def test_no_header_whatsoever_asks_for_bytes_that_are_not_there(written: str, size_bytes: int) -> None:
    part = part_for(Asked(range=written), ETAG, size_bytes)
    assert 0 <= part.start <= part.end <= size_bytes
    assert part.status in (200, 206, 416)
