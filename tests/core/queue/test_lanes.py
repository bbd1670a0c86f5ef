"""What must not run together, or twice: the tasks of one lane, and those of one key."""

from datetime import datetime

from sqlalchemy import Connection

from core.ports import Done, Fail, Outcome, Retry, Task
from tests.core.queue.rig import Hands, Rig


async def test_a_later_task_of_a_lane_waits_for_the_earlier_one(rig: Rig) -> None:
    hands = Hands()
    await rig.put("send", "first", lane="a", after=10)
    await rig.put("send", "second", lane="a")
    await rig.put("send", "other", lane="b")
    await rig.queue.drain(hands)
    assert hands.items == ["other"]
    rig.wait(10)
    await rig.queue.drain(hands)
    assert hands.items == ["other", "first", "second"]


async def test_next_due_passes_over_what_its_lane_holds_up(rig: Rig) -> None:
    due = rig.later(10)
    await rig.put("send", "first", lane="a", after=10)
    await rig.put("send", "second", lane="a")
    assert await rig.queue.next_due() == due


async def test_a_retry_keeps_its_place_in_its_lane(rig: Rig) -> None:
    hands = Hands([Retry(at=rig.later(10))])
    await rig.put("send", "first", lane="a")
    await rig.put("send", "second", lane="a")
    await rig.drain_all(hands)
    assert hands.items == ["first", "first", "second"]


async def test_a_task_that_is_given_up_frees_its_lane(rig: Rig) -> None:
    hands = Hands([Fail(reason="refused")])
    await rig.put("send", "first", lane="a")
    await rig.put("send", "second", lane="a")
    await rig.queue.drain(hands)
    assert hands.items == ["first", "second"]


async def test_two_tasks_of_one_lane_never_run_together(rig: Rig) -> None:
    async def handle(task: Task) -> Outcome:
        if task.item == "first":
            await rig.queue.drain(meanwhile)
            due.append(await rig.queue.next_due())
        return Done()

    meanwhile, due = Hands(), list[datetime | None]()
    await rig.put("send", "first", lane="a")
    await rig.put("send", "second", lane="a")
    await rig.put("send", "other", lane="b")
    assert await rig.queue.drain(handle) == 2
    assert meanwhile.items == ["other"]
    assert due == [None]


async def test_once_adds_no_second_task_while_the_first_waits(rig: Rig) -> None:
    hands = Hands()
    assert await rig.put("flush", "1", once="account-1")
    assert not await rig.put("flush", "2", once="account-1")
    assert await rig.put("flush", "3", once="account-2")
    await rig.queue.drain(hands)
    assert hands.items == ["1", "3"]


async def test_a_refused_duplicate_leaves_its_transaction_whole(rig: Rig) -> None:
    await rig.put("flush", "1", once="account-1")

    def work(tx: Connection) -> bool:
        added = rig.queue.enqueue(tx, "flush", "2", once="account-1")
        rig.queue.enqueue(tx, "send", "3")
        return added

    hands = Hands()
    assert not await rig.database.run(work)
    await rig.queue.drain(hands)
    assert hands.items == ["1", "3"]


async def test_once_adds_a_task_when_the_first_has_started(rig: Rig) -> None:
    added: list[bool] = []

    async def handle(task: Task) -> Outcome:
        if task.item == "1":
            added.append(await rig.put("flush", "2", once="account-1"))
        return Done()

    await rig.put("flush", "1", once="account-1")
    assert await rig.queue.drain(handle) == 2
    assert added == [True]


async def test_a_retry_gives_way_to_the_same_task_that_waits(rig: Rig) -> None:
    seen: list[str] = []

    async def handle(task: Task) -> Outcome:
        seen.append(task.item)
        if task.item == "1":
            await rig.put("flush", "2", once="account-1")
            return Retry(at=rig.later(60))
        return Done()

    await rig.put("flush", "1", once="account-1")
    await rig.queue.drain(handle)
    assert seen == ["1", "2"]
    assert await rig.queue.next_due() is None
