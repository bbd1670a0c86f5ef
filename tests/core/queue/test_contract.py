"""What every work queue promises, whatever its storage; time stands still unless moved."""

import asyncio

import pytest
from sqlalchemy import Connection

from core.ports import Done, Outcome, Retry, Task
from tests.core.queue.rig import Hands, Rig


async def test_a_task_is_done_with_its_kind_and_item(rig: Rig) -> None:
    hands = Hands()
    assert await rig.put("send", "m-1")
    assert await rig.queue.drain(hands) == 1
    assert hands.seen == [Task(kind="send", item="m-1", attempt=0)]


async def test_a_task_that_is_done_is_gone(rig: Rig) -> None:
    hands = Hands()
    await rig.put("send")
    await rig.queue.drain(hands)
    rig.wait(3600)
    assert await rig.queue.drain(hands) == 0
    assert await rig.queue.next_due() is None


async def test_a_task_of_a_transaction_that_rolls_back_was_never_there(rig: Rig) -> None:
    def work(tx: Connection) -> None:
        rig.queue.enqueue(tx, "send", "m-1", once="m-1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await rig.database.run(work)
    assert await rig.queue.next_due() is None
    assert await rig.put("send", "m-1", once="m-1")


async def test_an_empty_queue_has_nothing_to_do(rig: Rig) -> None:
    assert await rig.queue.drain(Hands()) == 0
    assert await rig.queue.next_due() is None
    assert await rig.queue.sweep() == 0
    assert await rig.given_up() == []


async def test_a_task_is_not_done_before_its_time(rig: Rig) -> None:
    hands, due = Hands(), rig.later(60)
    await rig.put("send", after=60)
    rig.wait(59)
    assert await rig.queue.drain(hands) == 0
    assert await rig.queue.next_due() == due
    rig.wait(1)
    assert await rig.queue.drain(hands) == 1


async def test_next_due_is_the_soonest(rig: Rig) -> None:
    due = rig.later(20)
    await rig.put("send", "1", after=30)
    await rig.put("send", "2", after=20)
    assert await rig.queue.next_due() == due


async def test_a_task_may_add_tasks_that_the_same_drain_does(rig: Rig) -> None:
    seen: list[str] = []

    async def handle(task: Task) -> Outcome:
        seen.append(task.item)
        if task.item != "3":
            await rig.put("count", str(int(task.item) + 1))
        return Done()

    await rig.put("count", "1")
    assert await rig.queue.drain(handle) == 3
    assert seen == ["1", "2", "3"]


async def test_a_drain_stops_at_its_limit(rig: Rig) -> None:
    for item in "123":
        await rig.put("send", item)
    assert await rig.queue.drain(Hands(), limit=2) == 2
    assert await rig.queue.drain(Hands()) == 1


async def test_a_retry_waits_for_its_time(rig: Rig) -> None:
    hands, due = Hands([Retry(at=rig.later(30))]), rig.later(30)
    await rig.put("send")
    assert await rig.queue.drain(hands) == 1
    assert await rig.queue.next_due() == due
    rig.wait(30)
    assert await rig.queue.drain(hands) == 1


async def test_only_tries_that_count_are_counted(rig: Rig) -> None:
    now = rig.clock.now()
    counted = [True, False, True, False, False, True]
    hands = Hands([Retry(at=now, counted=count) for count in counted])
    await rig.put("send")
    assert await rig.queue.drain(hands) == 7
    assert hands.attempts == [0, 1, 1, 2, 2, 2, 3]


async def test_a_cancelled_task_is_put_back_and_the_try_does_not_count(rig: Rig) -> None:
    hands = Hands([asyncio.CancelledError()])
    await rig.put("send")
    with pytest.raises(asyncio.CancelledError):
        await rig.queue.drain(hands)
    assert await rig.queue.drain(hands) == 1
    assert hands.attempts == [0, 0]


async def test_a_task_whose_worker_died_is_swept_back(rig: Rig) -> None:
    hands = Hands([KeyboardInterrupt()])
    await rig.put("send", lane="a")
    with pytest.raises(KeyboardInterrupt):
        await rig.queue.drain(hands)
    assert await rig.queue.drain(hands) == 0
    assert await rig.queue.sweep() == 1
    assert await rig.queue.drain(hands) == 1
    assert hands.attempts == [0, 0]


async def test_a_task_that_is_being_done_is_not_swept(rig: Rig) -> None:
    swept: list[int] = []

    async def handle(_: Task) -> Outcome:
        rig.wait(3600)
        swept.append(await rig.queue.sweep())
        return Done()

    await rig.put("send")
    assert await rig.queue.drain(handle) == 1
    assert swept == [0]
