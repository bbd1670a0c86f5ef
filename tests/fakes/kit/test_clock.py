"""The virtual clock: order, cancelling, and what it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.kit.clock import ClockBusyError, VirtualClock
from fakes.kit.scheduler import Job

START = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Notes:
    """Jobs that write down when they ran."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.lines: list[tuple[str, float]] = []

    def job(self, name: str) -> Job:
        async def run() -> None:
            self.lines.append((name, (self.clock.now() - START).total_seconds()))

        return run


@given(st.lists(st.integers(0, 50), max_size=20))
async def test_jobs_run_at_their_time_then_in_the_order_of_asking(delays: list[int]) -> None:
    clock = VirtualClock(START)
    notes = Notes(clock)
    for rank, delay in enumerate(delays):
        clock.after(timedelta(seconds=delay), notes.job(str(rank)), label="job")
    await clock.advance(timedelta(seconds=60))
    expected = sorted((delay, rank) for rank, delay in enumerate(delays))
    assert notes.lines == [(str(rank), float(delay)) for delay, rank in expected]


async def test_a_job_called_off_does_not_run() -> None:
    clock = VirtualClock(START)
    notes = Notes(clock)
    clock.after(SECOND, notes.job("off"), label="off").cancel()
    clock.after(SECOND, notes.job("on"), label="on")
    assert [label for _, label in clock.promised()] == ["on"]
    await clock.advance(SECOND)
    assert notes.lines == [("on", 1.0)]


async def test_what_a_job_adds_for_now_runs_now() -> None:
    clock = VirtualClock(START)
    notes = Notes(clock)

    async def first() -> None:
        clock.after(timedelta(seconds=-5), notes.job("second"), label="second")

    clock.after(timedelta(), first, label="first")
    assert await clock.run_due() == 2
    assert notes.lines == [("second", 0.0)]


async def test_a_job_cannot_move_the_clock_that_runs_it() -> None:
    clock = VirtualClock(START)

    async def impatient() -> None:
        await clock.advance(SECOND)

    clock.after(timedelta(), impatient, label="impatient")
    with pytest.raises(ClockBusyError, match="impatient"):
        await clock.run_due()


async def test_the_past_is_refused_and_left_alone() -> None:
    clock = VirtualClock(START)
    clock.jump(START - SECOND)
    assert clock.now() == START
    with pytest.raises(ValueError, match="time does not go back"):
        await clock.advance(-SECOND)
    assert clock.next_due() is None
