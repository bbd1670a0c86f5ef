"""What many processes on one PostgreSQL may do at once."""

import threading
from collections.abc import Iterator

import anyio
import pytest
from sqlalchemy import Connection

from core.ports import Done, Outcome, Task
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
    hands, others = Hands(), Hands()
    for n in range(30):
        await one.put("send", str(n))
    async with anyio.create_task_group() as group:
        group.start_soon(one.queue.drain, hands)
        group.start_soon(other.queue.drain, others)
    assert sorted(hands.items + others.items, key=int) == [str(n) for n in range(30)]
    assert hands.items
    assert others.items


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
