"""The live clock: it follows the machine's, and can be hurried, paused and moved."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from fakes.kit.live import LiveClock
from fakes.kit.scheduler import Job

START = datetime(2026, 1, 1, tzinfo=UTC)


async def run_until(clock: LiveClock, done: asyncio.Event) -> None:
    """Keep time until ``done``, and no longer than a moment that no test should need."""
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        keeping = group.create_task(clock.run())
        await done.wait()
        keeping.cancel()


def ringing(bell: asyncio.Event) -> Job:
    async def ring() -> None:
        bell.set()

    return ring


async def test_a_job_runs_when_it_falls_due() -> None:
    clock, bell = LiveClock(START), asyncio.Event()
    clock.after(timedelta(milliseconds=5), ringing(bell), label="bell")
    await run_until(clock, bell)
    assert clock.now() >= START + timedelta(milliseconds=5)


async def test_a_fast_clock_makes_a_day_short() -> None:
    clock, bell = LiveClock(START, rate=10_000_000), asyncio.Event()
    clock.after(timedelta(days=1), ringing(bell), label="bell")
    await run_until(clock, bell)
    assert clock.now() >= START + timedelta(days=1)


async def test_a_paused_clock_stands_still_until_it_is_moved() -> None:
    clock, bell = LiveClock(START, rate=0), asyncio.Event()
    clock.after(timedelta(hours=26), ringing(bell), label="bell")
    assert clock.now() == START
    assert clock.promised() == [(START + timedelta(hours=26), "bell")]
    clock.skip(timedelta(hours=26))
    await run_until(clock, bell)
    assert clock.now() == START + timedelta(hours=26)


async def test_a_job_that_fails_is_told_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    clock, bell = LiveClock(START), asyncio.Event()

    async def fail() -> None:
        msg = "broken"
        raise RuntimeError(msg)

    clock.after(timedelta(), fail, label="broken job")
    clock.after(timedelta(milliseconds=2), ringing(bell), label="bell")
    await run_until(clock, bell)
    assert "broken job" in caplog.text


async def test_a_job_called_off_does_not_run() -> None:
    clock, bell, never = LiveClock(START), asyncio.Event(), asyncio.Event()
    clock.after(timedelta(milliseconds=1), ringing(never), label="never").cancel()
    clock.after(timedelta(milliseconds=3), ringing(bell), label="bell")
    await run_until(clock, bell)
    assert not never.is_set()


def test_the_rate_and_the_moves_do_not_go_back() -> None:
    clock = LiveClock(START, rate=0)
    with pytest.raises(ValueError, match="rate -1"):
        clock.set_rate(-1)
    with pytest.raises(ValueError, match="time does not go back"):
        clock.skip(timedelta(seconds=-1))
    clock.set_rate(2)
    assert clock.rate == 2
