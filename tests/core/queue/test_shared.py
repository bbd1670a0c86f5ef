"""What many processes on one PostgreSQL may do at once."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import anyio
import pytest
from sqlalchemy import Connection

from core.ports import DatabaseDownError, Done, Handle, Outcome, Task
from core.queue import dispatch
from tests.core.queue.rig import Hands, Rig

IN_TIME = 20


@pytest.fixture
def pair(postgres_url: str) -> Iterator[tuple[Rig, Rig]]:
    rigs = Rig(postgres_url, inline=False), Rig(postgres_url, inline=False)
    yield rigs
    for rig in rigs:
        rig.stop()


async def test_two_workers_share_the_work_and_do_nothing_twice(pair: tuple[Rig, Rig]) -> None:
    one, other = pair
    seen: dict[str, list[str]] = {"one": [], "other": []}
    both = asyncio.Barrier(2)

    def hands(whose: str) -> Handle:
        async def handle(task: Task) -> Outcome:
            if not seen[whose]:
                await both.wait()
            seen[whose].append(task.item)
            return Done()

        return handle

    for n in range(30):
        await one.put("send", str(n))
    async with asyncio.timeout(IN_TIME), anyio.create_task_group() as group:
        group.start_soon(one.queue.drain, hands("one"))
        group.start_soon(other.queue.drain, hands("other"))
    assert sorted(seen["one"] + seen["other"], key=int) == [str(n) for n in range(30)]


async def test_a_lane_is_worked_by_one_at_a_time(pair: tuple[Rig, Rig]) -> None:
    one, other = pair
    seen: list[str] = []

    async def handle(task: Task) -> Outcome:
        assert await other.queue.drain(Hands()) == 0
        seen.append(task.item)
        return Done()

    for item in "123":
        await one.put("send", item, lane="a")
    assert await one.queue.drain(handle) == 3
    assert seen == ["1", "2", "3"]


async def test_work_that_joins_a_waiting_task_is_seen_by_it(pair: tuple[Rig, Rig]) -> None:
    one, other = pair
    joined, go_on = threading.Event(), threading.Event()
    await one.put("flush", "first", once="account-1")

    def join(tx: Connection) -> bool:
        added = one.queue.enqueue(tx, "flush", "second", once="account-1")
        joined.set()
        assert go_on.wait(IN_TIME)
        return added

    async with anyio.create_task_group() as group:
        group.start_soon(one.database.run, join)
        await anyio.to_thread.run_sync(joined.wait, IN_TIME)
        assert await other.queue.drain(Hands()) == 0
        go_on.set()
    assert await other.queue.drain(Hands()) == 1


async def test_a_worker_that_gave_no_sign_of_life_loses_its_task_to_one_other(
    pair: tuple[Rig, Rig],
) -> None:
    one, other = pair

    def forget_the_heart(tx: Connection) -> None:
        tx.exec_driver_sql("UPDATE procrastinate_workers SET last_heartbeat = 0")

    async def stall(_: Task) -> Outcome:
        await other.database.run(forget_the_heart)
        assert [await other.queue.sweep(), await one.queue.sweep()] == [1, 0]
        assert await other.queue.drain(hands) == 1
        return Done()

    hands = Hands()
    await one.put("send", "1")
    with pytest.raises(Exception, match="put back or ended by another worker"):
        await one.queue.drain(stall)
    assert hands.items == ["1"]


async def test_a_sweep_leaves_alone_what_was_taken_up_again(pair: tuple[Rig, Rig]) -> None:
    one, other = pair

    async def die(_: Task) -> Outcome:
        raise KeyboardInterrupt

    await one.put("send")
    with pytest.raises(KeyboardInterrupt):
        await one.queue.drain(die)
    found = await one.queue._jobs.get_stalled_jobs(seconds_since_heartbeat=10)
    assert await other.queue.sweep() == 1

    async def handle(_: Task) -> Outcome:
        assert await one.queue._jobs.put_back(found) == 0
        return Done()

    assert await other.queue.drain(handle) == 1


async def test_a_running_worker_takes_over_from_one_that_died(
    pair: tuple[Rig, Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    taken, done = anyio.Event(), anyio.Event()

    async def die(_: Task) -> Outcome:
        taken.set()
        raise KeyboardInterrupt

    async def handle(_: Task) -> Outcome:
        done.set()
        return Done()

    await one.put("send")
    with pytest.raises(KeyboardInterrupt):
        await one.queue.drain(die)
    assert taken.is_set()
    monkeypatch.setattr(dispatch, "SWEEP", 0.01)
    monkeypatch.setattr(other.queue, "sweep", later(other.queue.sweep))
    with anyio.fail_after(IN_TIME):
        async with anyio.create_task_group() as group:
            group.start_soon(lambda: other.queue.run(handle, concurrency=1))
            await done.wait()
            group.cancel_scope.cancel()


def later(sweep: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[int]]:
    """Return a sweep that does nothing the first time, as when the worker dies after it."""
    first = [True]

    async def sweep_later() -> int:
        return 0 if first and first.pop() else await sweep()

    return sweep_later


async def test_a_worker_goes_on_after_an_outage(
    pair: tuple[Rig, Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    begun, done = anyio.Event(), anyio.Event()

    async def handle(task: Task) -> Outcome:
        (begun if task.item == "before" else done).set()
        return Done()

    def cut_all(tx: Connection) -> None:
        tx.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    monkeypatch.setattr(dispatch, "PAUSE", 0.01)
    with anyio.fail_after(IN_TIME):
        async with anyio.create_task_group() as group:
            group.start_soon(lambda: one.queue.run(handle, concurrency=1))
            await one.put("send", "before")
            await begun.wait()
            await pair[1].database.run(cut_all)
            await pair[1].put("send", "after")
            await done.wait()
            group.cancel_scope.cancel()


async def test_a_task_whose_end_could_not_be_written_down_is_put_back(
    pair: tuple[Rig, Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = pair
    run, down = one.database.run, [False]

    async def run_unless_down(work: Callable[[Connection], Any]) -> Any:
        if down[0]:
            raise DatabaseDownError
        return await run(work)

    async def handle(_: Task) -> Outcome:
        down[0] = True
        return Done()

    await one.put("send")
    monkeypatch.setattr(one.database, "run", run_unless_down)
    with pytest.raises(DatabaseDownError):
        await one.queue.drain(handle)
    down[0] = False
    assert await one.queue.sweep() == 1
    assert await one.queue.drain(Hands()) == 1
