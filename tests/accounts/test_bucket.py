from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.bucket import PERIOD_US, SECOND_US, Bucket, Taken, token_us

limits = st.integers(1, 10_000)
instants = st.integers(1, 2**51)  # a microsecond of this century, and far beyond
gaps_us = st.lists(st.integers(0, 2 * PERIOD_US), min_size=1, max_size=60)


def ask(bucket: Bucket, limit: int, now_us: int) -> tuple[Bucket, Taken]:
    """What came of asking, and the bucket after it."""
    after = bucket.put_off(limit, now_us)
    taken = Taken(limit, after.full_at_us - now_us)
    return (after if taken.given else bucket), taken


def emptied(limit: int, now_us: int) -> Bucket:
    """A bucket of which every token was taken in one instant."""
    bucket = Bucket()
    for left in reversed(range(limit)):
        bucket, taken = ask(bucket, limit, now_us)
        assert taken.given
        assert taken.rate.remaining == left
    return bucket


@given(st.integers(1, 300), instants)
def test_a_full_bucket_gives_its_limit_at_once_and_not_one_more(limit: int, now_us: int) -> None:
    bucket = emptied(limit, now_us)
    assert ask(bucket, limit, now_us) == (bucket, Taken(limit, (limit + 1) * token_us(limit)))


@given(st.integers(1, 300), instants)
def test_who_waits_as_long_as_told_is_given_one_and_who_comes_just_before_is_not(limit: int, now_us: int) -> None:
    bucket = emptied(limit, now_us)
    wait_us = round(ask(bucket, limit, now_us)[1].wait_s * SECOND_US)
    assert 0 < wait_us <= PERIOD_US
    assert not ask(bucket, limit, now_us + wait_us - 1)[1].given
    assert ask(bucket, limit, now_us + wait_us)[1].given


@given(limits, instants, gaps_us)
def test_in_no_minute_are_more_than_twice_its_limit_given(limit: int, start_us: int, gaps: list[int]) -> None:
    bucket, now_us, given_at = Bucket(), start_us, list[int]()
    for gap_us in gaps:
        now_us += gap_us
        bucket, taken = ask(bucket, limit, now_us)
        given_at += [now_us] * taken.given
    for begin_us in given_at:
        assert sum(begin_us <= at_us < begin_us + PERIOD_US for at_us in given_at) <= 2 * limit


@given(limits, instants, gaps_us)
def test_what_is_told_adds_up(limit: int, start_us: int, gaps: list[int]) -> None:
    bucket, now_us = Bucket(), start_us
    for gap_us in gaps:
        now_us += gap_us
        bucket, taken = ask(bucket, limit, now_us)
        rate = taken.rate
        assert 0 <= rate.remaining < limit
        assert 0 < rate.reset_s <= PERIOD_US / SECOND_US
        assert rate.reset_s == pytest.approx((bucket.full_at_us - now_us) / SECOND_US)
        assert taken.given == (taken.wait_s == 0)


@given(limits, limits, instants)
def test_a_limit_that_changes_holds_from_the_next_request_on(before: int, after: int, now_us: int) -> None:
    bucket, _ = ask(Bucket(), before, now_us)
    owed_us = bucket.full_at_us - now_us
    room = after * token_us(after) - owed_us
    assert ask(bucket, after, now_us)[1].given == (room >= token_us(after))
