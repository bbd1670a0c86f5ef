"""What every work queue promises, whatever its storage; time stands still unless moved."""

import asyncio
import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from core.ports import DatabaseDownError, Done, Fail, Outcome, Retry, Task
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


async def test_a_task_that_is_given_up_stays_among_the_failed(rig: Rig) -> None:
    hands = Hands([Retry(at=rig.clock.now()), Fail(reason="refused"), Fail(reason="refused")])
    await rig.put("send", "1", after=0)
    await rig.put("send", "2", after=1)
    await rig.drain_all(hands)
    assert await rig.given_up() == [
        Task(kind="send", item="1", attempt=1),
        Task(kind="send", item="2", attempt=0),
    ]


async def test_the_reason_of_giving_up_is_logged_with_the_ids(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    await rig.put("send", "m-1")
    with caplog.at_level(logging.ERROR, logger="core.queue"):
        await rig.queue.drain(Hands([Fail(reason="refused for good")]))
    (record,) = caplog.records
    told = {"message": "task.given_up", "reason": "refused for good", "kind": "send", "item": "m-1"}
    assert told.items() <= record.__dict__.items()


async def test_the_reason_and_the_moment_of_giving_up_are_kept(rig: Rig) -> None:
    hands = Hands([Fail(reason="refused for good"), RuntimeError("a mistake")])
    await rig.put("send", "1")
    await rig.put("send", "2", after=60)
    await rig.drain_all(hands)
    failed = await rig.queue.failed()
    assert [gone.reason for gone in failed] == ["refused for good", "RuntimeError: a mistake"]
    assert failed[1].at - failed[0].at == timedelta(seconds=60)


async def test_a_requeued_task_that_fails_again_has_its_new_reason(rig: Rig) -> None:
    hands = Hands([Fail(reason="first"), Fail(reason="second")])
    await rig.put("send", "m-1")
    await rig.queue.drain(hands)
    await rig.queue.requeue([("send", "m-1")])
    await rig.queue.drain(hands)
    assert [gone.reason for gone in await rig.queue.failed()] == ["second"]


async def test_a_task_that_finds_the_database_down_waits_and_is_not_given_up(rig: Rig) -> None:
    hands = Hands([DatabaseDownError()])
    await rig.put("send")
    await rig.drain_all(hands)
    assert hands.attempts == [0, 0]
    assert await rig.queue.failed() == []


async def test_a_handler_that_raises_has_its_task_given_up(rig: Rig) -> None:
    await rig.put("send", "1")
    await rig.put("send", "2")
    assert await rig.queue.drain(Hands([RuntimeError("a mistake")])) == 2
    assert [task.item for task in await rig.given_up()] == ["1"]


async def test_a_requeued_task_is_due_now_and_counts_afresh(rig: Rig) -> None:
    hands = Hands([Retry(at=rig.clock.now()), Fail(reason="refused")])
    await rig.put("send", "m-1")
    await rig.queue.drain(hands)
    assert await rig.queue.requeue([("send", "m-1")])
    assert await rig.given_up() == []
    assert await rig.queue.drain(hands) == 1
    assert hands.attempts == [0, 1, 0]


async def test_only_a_task_that_was_given_up_is_requeued(rig: Rig) -> None:
    await rig.put("send", "m-1")
    assert not await rig.queue.requeue([("send", "m-1")])
    await rig.queue.drain(Hands([Fail(reason="refused")]))
    assert not await rig.queue.requeue([("send", "m-2")])
    assert not await rig.queue.requeue([("flush", "m-1")])


async def test_many_tasks_that_were_given_up_are_requeued_at_once(rig: Rig) -> None:
    names = [("send", str(number)) for number in range(4)]
    for kind, item in names[:3]:
        await rig.put(kind, item)
    hands = Hands([Fail(reason="refused")] * 3)
    await rig.queue.drain(hands)
    assert await rig.queue.requeue(names[1:]) == 2
    assert [task.item for task in await rig.given_up()] == ["0"]
    assert await rig.queue.drain(hands) == 2


async def test_a_task_that_was_given_up_may_be_dismissed(rig: Rig) -> None:
    await rig.put("send", "m-1")
    assert not await rig.queue.dismiss([("send", "m-1")])
    await rig.queue.drain(Hands([Fail(reason="refused")]))
    assert not await rig.queue.dismiss([("flush", "m-1")])
    assert await rig.queue.dismiss([("send", "m-1")])
    assert await rig.given_up() == []
    assert not await rig.queue.requeue([("send", "m-1")])


async def test_a_requeued_task_gives_way_to_the_same_task_that_waits(rig: Rig) -> None:
    hands = Hands([Fail(reason="refused")])
    await rig.put("flush", "1", once="account-1")
    await rig.queue.drain(hands)
    await rig.put("flush", "2", once="account-1")
    assert await rig.queue.requeue([("flush", "1")])
    await rig.queue.drain(hands)
    assert hands.items == ["1", "2"]
    assert await rig.given_up() == []


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
