"""The limiter: never more calls in any span than the pace says, whoever makes them."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from core.ports import Database
from core.stores import leases, limiter
from core.stores.creating import create_tables
from core.stores.database import SqliteDatabase
from core.stores.limiter import Pace
from core.stores.postgres import PostgresDatabase
from fakes.kit.clock import EPOCH, VirtualClock

SPAN = timedelta(seconds=10)
PACE = Pace(calls=100, per=SPAN)
NONE = timedelta()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[SqliteDatabase | PostgresDatabase]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        shared = PostgresDatabase(url, connections=4)
        yield shared
        shared.close()
        return
    database = SqliteDatabase(inline=True)
    database.run_now(create_tables)
    yield database
    database.close()


class Caller:
    """Makes calls when the limiter lets it, and notes when."""

    def __init__(self, database: Database, clock: VirtualClock, name: str = "a") -> None:
        self.database, self.clock, self.name = database, clock, name
        self.made: list[float] = []

    async def call(self, pace: Pace = PACE) -> timedelta:
        now = self.clock.now()
        wait = await self.database.run(lambda tx: limiter.take_turn(tx, self.name, pace, now=now))
        if not wait:
            self.made.append((now - EPOCH).total_seconds())
        return wait

    async def call_for(self, seconds: float, pace: Pace = PACE) -> None:
        """Make calls as fast as is allowed."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            wait = await self.call(pace)
            self.clock.jump(min(self.clock.now() + wait, end))

    def most_in(self, span: timedelta) -> int:
        length = span.total_seconds()
        return max(sum(t <= other < t + length for other in self.made) for t in self.made)


async def test_calls_are_made_at_once_up_to_the_burst(database: Database) -> None:
    caller = Caller(database, VirtualClock())
    assert [await caller.call() for _ in range(5)] == [NONE] * 5
    assert await caller.call() > NONE


async def test_the_wait_is_as_long_as_needed_and_no_longer(database: Database) -> None:
    caller = Caller(database, VirtualClock())
    for _ in range(5):
        await caller.call()
    wait = await caller.call()
    caller.clock.jump(EPOCH + wait - timedelta(microseconds=1))
    assert await caller.call() > NONE
    caller.clock.jump(EPOCH + wait)
    assert await caller.call() == NONE


async def test_as_many_calls_as_the_pace_allows_fit_into_any_span_and_no_more(
    database: Database,
) -> None:
    caller = Caller(database, VirtualClock())
    await caller.call_for(30)
    assert caller.most_in(SPAN) == 100
    assert len(caller.made) > 2 * 100


async def test_each_account_has_turns_of_its_own(database: Database) -> None:
    clock = VirtualClock()
    one, other = Caller(database, clock, "a"), Caller(database, clock, "b")
    for _ in range(6):
        await one.call()
    assert await other.call() == NONE


async def test_a_hold_stops_one_account_until_its_end(database: Database) -> None:
    clock = VirtualClock()
    one, other = Caller(database, clock, "a"), Caller(database, clock, "b")
    until = clock.now() + SPAN
    await database.run(lambda tx: limiter.hold(tx, "a", PACE, until=until))
    assert await one.call() == SPAN
    assert await other.call() == NONE
    clock.jump(until)
    assert await one.call() == NONE


async def test_a_shorter_hold_does_not_end_a_longer_one(database: Database) -> None:
    caller = Caller(database, VirtualClock())

    def hold_twice(tx: Connection) -> None:
        for seconds in (60, 10):
            until = EPOCH + timedelta(seconds=seconds)
            limiter.hold(tx, "a", PACE, until=until)

    await database.run(hold_twice)
    assert await caller.call() == timedelta(seconds=60)


async def test_callers_side_by_side_take_no_turn_twice(database: Database) -> None:
    caller = Caller(database, VirtualClock())
    async with anyio.create_task_group() as group:
        for _ in range(40):
            group.start_soon(caller.call)
    assert len(caller.made) == 5


async def refuse(caller: Caller, wait: timedelta, pace: Pace = PACE) -> None:
    """Have the vendor refuse a call, and ask to wait."""
    now = caller.clock.now()
    await caller.database.run(
        lambda tx: limiter.slow_down(tx, caller.name, pace, now=now, until=now + wait)
    )


async def test_the_sooner_a_refusal_follows_another_the_further_apart_calls_are(
    database: Database,
) -> None:
    caller = Caller(database, VirtualClock())
    made = []
    for _ in range(3):
        await caller.call_for(5)
        await refuse(caller, SPAN)
        assert await caller.call() == SPAN
        caller.clock.jump(caller.clock.now() + SPAN)
        made.append(len(caller.made))
    assert [made[0], made[1] - made[0], made[2] - made[1]] == [52, 46, 16]


async def test_what_a_refusal_taught_is_forgotten_in_minutes(database: Database) -> None:
    caller = Caller(database, VirtualClock())
    await caller.call()
    await refuse(caller, SPAN)
    caller.clock.jump(caller.clock.now() + SPAN + timedelta(minutes=3))
    before = len(caller.made)
    await caller.call_for(10)
    assert len(caller.made) - before == 100


async def test_who_waits_out_a_long_hold_books_turns_as_far_apart_as_after_it(
    database: Database,
) -> None:
    caller = Caller(database, VirtualClock())
    await caller.call()
    await refuse(caller, timedelta(hours=12))
    now = caller.clock.now()
    waits = [
        await database.run(lambda tx: limiter.book_turn(tx, "a", PACE, now=now)) for _ in range(3)
    ]
    assert waits[0] == timedelta(hours=12)
    assert waits[2] - waits[1] == waits[1] - waits[0] <= 4 * PACE.interval


async def test_calls_that_are_refused_together_teach_once(database: Database) -> None:
    one, many = (Caller(database, VirtualClock(), name) for name in ("one", "many"))
    for caller, times in ((one, 1), (many, 8)):
        await caller.call()
        for _ in range(times):
            await refuse(caller, SPAN)
        caller.clock.jump(caller.clock.now() + SPAN)
        await caller.call_for(10)
    assert one.made == many.made


async def test_a_limit_that_nobody_tells_is_found_and_kept_to() -> None:
    """A vendor takes 20 calls a second, and answers after a tenth of one; eight workers call."""
    limit, pace = 20, Pace(calls=1_000_000, per=timedelta(seconds=1))
    with closing(SqliteDatabase(inline=True)) as database:
        database.run_now(create_tables)
        caller, taken, refused, left = Caller(database, VirtualClock()), 0, 0, 0
        for tenth in range(1200):
            left = limit if tenth % 10 == 0 else left
            asked = 0
            while asked < 8 and not await caller.call(pace):
                asked += 1
            caller.clock.jump(caller.clock.now() + timedelta(seconds=0.1))
            for _ in range(asked - left):
                refused += 1
                await refuse(caller, timedelta(seconds=1), pace)
            taken, left = taken + min(asked, left), max(left - asked, 0)
    assert taken > 0.85 * limit * 120
    assert refused < 0.02 * taken


@settings(max_examples=30, deadline=None)
@given(calls=st.integers(min_value=1, max_value=30), per=st.integers(min_value=1, max_value=20))
async def test_no_span_holds_more_calls_than_the_pace_says(calls: int, per: int) -> None:
    database = SqliteDatabase(inline=True)
    database.run_now(create_tables)
    pace = Pace(calls=calls, per=timedelta(seconds=per))
    caller = Caller(database, VirtualClock())
    await caller.call_for(per * 4, pace)
    assert caller.most_in(pace.per) <= calls
    database.close()


async def test_a_lease_is_for_one_until_it_is_dropped_or_over(database: Database) -> None:
    soon = EPOCH + timedelta(seconds=60)

    async def take(now: timedelta = NONE) -> bool:
        return await database.run(
            lambda tx: leases.take(tx, "token:1", now=EPOCH + now, until=soon + now)
        )

    assert [await take(), await take()] == [True, False]
    await database.run(lambda tx: leases.drop(tx, "token:1"))
    assert await take()
    assert not await take(timedelta(seconds=59))
    assert await take(timedelta(seconds=60))
