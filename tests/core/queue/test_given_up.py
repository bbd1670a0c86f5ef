"""Tasks that are given up: kept with their reasons, done again or dismissed as the operator says."""

import logging
from datetime import timedelta

import pytest

from core.ports import DatabaseDownError, Fail, Retry, Task
from tests.core.queue.rig import Hands, Rig


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
