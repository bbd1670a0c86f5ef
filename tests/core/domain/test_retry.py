"""Retries: ever longer waits up to a ceiling, scattered, and an end to them."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.retry import FIRST, GIVE_UP_AFTER, LONGEST, next_wait

ATTEMPTS = st.integers(min_value=0, max_value=GIVE_UP_AFTER - 2)


@given(attempt=ATTEMPTS, item=st.text())
def test_the_wait_doubles_up_to_a_ceiling_give_or_take_a_fifth(attempt: int, item: str) -> None:
    wait = next_wait(attempt, item)
    assert wait is not None
    assert 0.8 <= wait / min(FIRST * 2**attempt, LONGEST) <= 1.2


@given(attempt=ATTEMPTS, item=st.text())
def test_the_same_try_waits_as_long_each_time(attempt: int, item: str) -> None:
    assert next_wait(attempt, item) == next_wait(attempt, item)


def test_those_who_failed_together_do_not_come_back_together() -> None:
    waits = [next_wait(3, f"item-{number}") or timedelta() for number in range(100)]
    tenths = {int((wait / (8 * FIRST) - 0.8) * 25) for wait in waits}
    assert tenths == set(range(10))


@given(more=st.integers(min_value=0), item=st.text())
def test_after_about_a_day_of_tries_it_is_given_up(more: int, item: str) -> None:
    assert next_wait(GIVE_UP_AFTER - 1 + more, item) is None
    waits = [next_wait(attempt, item) or timedelta() for attempt in range(GIVE_UP_AFTER - 1)]
    assert timedelta(hours=18) < sum(waits, timedelta()) < timedelta(hours=24)
