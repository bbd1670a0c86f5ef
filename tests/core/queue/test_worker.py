"""The worker in a live loop: what wakes it, and what it does with what it finds."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from core.ports import Fail, Outcome, Retry, Task
from tests.core.queue.rig import Rig
from tests.core.queue.watching import Watch, turns, working

pytestmark = pytest.mark.usefixtures("never_poll")


def jobs_kept(tx: Connection) -> int:
    return int(tx.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar_one())


async def test_the_worker_does_what_waited_when_it_started(rig: Rig) -> None:
    watch = Watch()
    await rig.put("send", "1")
    async with working(rig, watch):
        await watch.have_begun(1)
    assert await rig.queue.next_due() is None
    assert await rig.database.run(jobs_kept) == 0


async def test_a_commit_that_enqueues_wakes_the_worker(rig: Rig) -> None:
    watch = Watch()
    async with working(rig, watch):
        for count in range(1, 6):
            await rig.put("send", str(count))
            await watch.have_begun(count)
    assert [task.item for task in watch.begun] == ["1", "2", "3", "4", "5"]


async def test_the_next_task_of_a_lane_starts_as_soon_as_the_one_before_ends(rig: Rig) -> None:
    watch = Watch()
    watch.gate.clear()
    for item in "1234":
        await rig.put("send", item, lane="a")
    async with working(rig, watch, concurrency=4):
        await watch.have_begun(1)
        await turns(50)
        watch.gate.set()
        await watch.have_begun(4)
    assert [task.item for task in watch.begun] == ["1", "2", "3", "4"]
    assert watch.most == 1


async def test_tasks_run_side_by_side_up_to_the_concurrency(rig: Rig) -> None:
    watch = Watch()
    watch.gate.clear()
    for item in "12345":
        await rig.put("send", item)
    async with working(rig, watch, concurrency=3):
        await watch.have_begun(3)
        watch.gate.set()
        await watch.have_begun(5)
    assert watch.most == 3


async def test_the_worker_tries_again_and_counts(rig: Rig) -> None:
    now = rig.clock.now()
    watch = Watch(Retry(at=now), Retry(at=now, counted=False), asyncio.CancelledError())
    await rig.put("send")
    async with working(rig, watch):
        await watch.have_begun(4)
    assert [task.attempt for task in watch.begun] == [0, 1, 1, 1]


async def test_the_worker_gives_up_what_fails_or_raises(rig: Rig) -> None:
    watch = Watch(Fail(reason="refused"), RuntimeError("a mistake"))
    await rig.put("send", "1", lane="a")
    await rig.put("send", "2", lane="a")
    await rig.put("send", "3", lane="a")
    async with working(rig, watch):
        await watch.have_begun(3)
    assert [task.item for task in await rig.given_up()] == ["1", "2"]


async def test_a_requeue_wakes_the_worker(rig: Rig) -> None:
    watch = Watch(Fail(reason="refused"))
    await rig.put("send", "1", lane="a")
    await rig.put("send", "2", lane="a")
    async with working(rig, watch):
        await watch.have_begun(2)
        await rig.queue.requeue([("send", "1")])
        await watch.have_begun(3)
    assert await rig.given_up() == []


async def test_news_that_comes_while_the_worker_looks_is_not_missed(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, watch, found_nothing = rig.database.run, Watch(), [{"id": None}]
    looks = 0

    async def look(work: Callable[[Connection], Any]) -> Any:
        nonlocal looks
        answer = await run(work)
        looks += answer == found_nothing
        if answer == found_nothing and looks == 1:
            await rig.put("send", "1")
            await turns(50)
        return answer

    monkeypatch.setattr(rig.database, "run", look)
    async with working(rig, watch):
        await watch.have_begun(1)


async def test_the_worker_sweeps_before_it_starts(rig: Rig) -> None:
    async def die(_: Task) -> Outcome:
        raise KeyboardInterrupt

    watch = Watch()
    await rig.put("send", lane="a")
    with pytest.raises(KeyboardInterrupt):
        await rig.queue.drain(die)
    async with working(rig, watch):
        await watch.have_begun(1)
