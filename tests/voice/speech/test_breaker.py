from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voice.speech.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, LONGEST_WAIT_S, OPENS_AT, Breaker

NOW_S = 1000.0


def failed_times(count: int) -> Breaker:
    """A breaker after ``count`` failures at the same moment."""
    breaker = Breaker()
    for _ in range(count):
        breaker = breaker.failed(NOW_S)
    return breaker


def opened() -> Breaker:
    return failed_times(OPENS_AT)


def tried_in_vain(times: int) -> list[float]:
    """The pauses of a breaker that is tried again each time it may be, and never with success."""
    breaker, now_s, pauses = opened(), NOW_S, []
    for _ in range(times):
        pauses.append(breaker.try_at_s - now_s)
        now_s = breaker.try_at_s
        breaker = breaker.failed(now_s)
    return pauses


def test_it_opens_after_failures_in_a_row_and_not_before() -> None:
    assert [failed_times(count).is_open for count in range(OPENS_AT + 1)] == [False] * OPENS_AT + [True]


def test_a_success_in_between_starts_the_count_again() -> None:
    assert not failed_times(OPENS_AT - 1).spoke().failed(NOW_S).is_open


def test_a_failure_that_cost_too_much_opens_it_at_once() -> None:
    assert Breaker().failed(NOW_S, at_once=True).is_open


def test_speaking_closes_it() -> None:
    assert opened().spoke() == Breaker()


def test_pauses_double_up_to_the_longest() -> None:
    assert tried_in_vain(9) == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, LONGEST_PAUSE_S, LONGEST_PAUSE_S, LONGEST_PAUSE_S]


def test_the_wait_a_provider_asks_for_is_kept_within_reason() -> None:
    almost = failed_times(OPENS_AT - 1)
    assert almost.failed(NOW_S, wait_s=30).try_at_s == NOW_S + 30
    assert almost.failed(NOW_S, wait_s=0.1).try_at_s == NOW_S + FIRST_PAUSE_S
    assert almost.failed(NOW_S, wait_s=1e9).try_at_s == NOW_S + LONGEST_WAIT_S


def test_calls_begun_before_it_opened_change_nothing_by_failing() -> None:
    assert opened().failed(NOW_S + FIRST_PAUSE_S / 2, wait_s=60, at_once=True) == opened()


def test_relieved_it_is_closed_until_the_next_failure() -> None:
    relieved = opened().relieved()
    assert not relieved.is_open
    assert relieved.failed(NOW_S).is_open


def test_there_is_nothing_to_relieve_where_nothing_is_wrong() -> None:
    assert Breaker().relieved() == Breaker()


events = st.lists(
    st.one_of(
        st.just("spoke"),
        st.just("relieved"),
        st.tuples(st.floats(0, 1000), st.floats(0, 1e9), st.booleans()),
    )
)


@given(events)
def test_whatever_happens_it_is_open_exactly_when_the_last_failures_say_so(story: list[object]) -> None:
    breaker, now_s, in_a_row = Breaker(), NOW_S, 0
    for event in story:
        if isinstance(event, tuple):
            after_s, wait_s, at_once = event
            now_s += after_s
            in_a_row = max(in_a_row + 1, OPENS_AT if at_once else 0)
            breaker = breaker.failed(now_s, wait_s=wait_s, at_once=at_once)
            assert not breaker.is_open or now_s < breaker.try_at_s <= now_s + LONGEST_WAIT_S
        elif event == "spoke":
            breaker, in_a_row = breaker.spoke(), 0
        else:
            breaker, in_a_row = breaker.relieved(), min(in_a_row, OPENS_AT - 1)
        assert breaker.is_open is (in_a_row >= OPENS_AT)


@given(st.integers(OPENS_AT, 10_000))
def test_a_provider_that_never_comes_back_is_tried_ever_after(failures: int) -> None:
    assert FIRST_PAUSE_S <= Breaker(failures).failed(NOW_S).try_at_s - NOW_S <= LONGEST_PAUSE_S
