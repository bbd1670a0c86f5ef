"""The worker in a live loop: what wakes it, and how it stops."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from anyio import CancelScope
from anyio.lowlevel import checkpoint
from sqlalchemy import Connection

from core.ports import Done, Fail, Outcome, Retry, Task
from core.queue import dispatch
from tests.core.queue.rig import Rig

IN_TIME = 20
"""Seconds after which a test that waits has failed."""


@pytest.fixture(autouse=True)
def _never_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "POLL", 3600.0)


class Watch:
    """A handler that lets a test wait until it has begun a number of tasks, and hold them back."""

    def __init__(self, *outcomes: Outcome | BaseException) -> None:
        self.outcomes = list(outcomes)
        self.begun: list[Task] = []
        self.changed = asyncio.Condition()
        self.gate = asyncio.Event()
        self.gate.set()
        self.most = self.now = 0
        self.is_left = False

    async def __call__(self, task: Task) -> Outcome:
        self.now += 1
        self.most = max(self.most, self.now)
        async with self.changed:
            self.begun.append(task)
            self.changed.notify_all()
        await self.gate.wait()
        self.now -= 1
        outcome = self.outcomes.pop(0) if self.outcomes else Done()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    async def have_begun(self, count: int) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: len(self.begun) >= count)


@asynccontextmanager
async def working(rig: Rig, watch: Watch, concurrency: int = 2) -> AsyncIterator[CancelScope]:
    scope = CancelScope()

    async def work() -> None:
        with scope:
            await rig.queue.run(watch, concurrency=concurrency)
        watch.is_left = True

    async with anyio.create_task_group() as group:
        group.start_soon(work)
        try:
            with anyio.fail_after(IN_TIME):
                yield scope
        finally:
            watch.gate.set()
            scope.cancel()


def jobs_kept(tx: Connection) -> int:
    return int(tx.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar_one())


async def turns(count: int) -> None:
    for _ in range(count):
        await checkpoint()


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


async def test_a_cancelled_worker_lets_running_tasks_finish(rig: Rig) -> None:
    watch = Watch()
    watch.gate.clear()
    await rig.put("send", "1")
    async with working(rig, watch) as scope:
        await watch.have_begun(1)
        scope.cancel()
        await turns(50)
        assert not watch.is_left
    assert watch.now == 0
    assert await rig.queue.sweep() == 0
    assert await rig.queue.next_due() is None


async def test_a_task_that_outlasts_the_grace_is_put_back_for_others(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "GRACE", 0.02)
    watch = Watch()
    watch.gate.clear()
    await rig.put("send", "1")
    async with asyncio.timeout(IN_TIME), asyncio.TaskGroup() as group:
        worker = group.create_task(rig.queue.run(watch, concurrency=2))
        await watch.have_begun(1)
        worker.cancel()
    assert await rig.queue.next_due() == rig.clock.now()
    watch.gate.set()
    await rig.queue.drain(watch)
    assert [(task.item, task.attempt) for task in watch.begun] == [("1", 0), ("1", 0)]


async def test_the_worker_starts_nothing_once_it_is_cancelled(rig: Rig) -> None:
    watch = Watch()
    watch.gate.clear()
    await rig.put("send", "1")
    async with asyncio.timeout(IN_TIME), asyncio.TaskGroup() as group:
        worker = group.create_task(rig.queue.run(watch, concurrency=2))
        await watch.have_begun(1)
        worker.cancel()
        await turns(50)
        await rig.put("send", "2")
        watch.gate.set()
    assert worker.cancelled()
    assert [task.item for task in watch.begun] == ["1"]
    assert await rig.queue.next_due() == rig.clock.now()


async def test_the_worker_sweeps_before_it_starts(rig: Rig) -> None:
    async def die(_: Task) -> Outcome:
        raise KeyboardInterrupt

    watch = Watch()
    await rig.put("send", lane="a")
    with pytest.raises(KeyboardInterrupt):
        await rig.queue.drain(die)
    async with working(rig, watch):
        await watch.have_begun(1)


async def test_a_worker_that_something_stopped_begins_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    watch = Watch()
    fetch = rig.queue._jobs.fetch_job

    async def fail_once(*_: object, **__: object) -> Any:
        monkeypatch.setattr(rig.queue._jobs, "fetch_job", fetch)
        msg = "nobody thought of this"
        raise RuntimeError(msg)

    monkeypatch.setattr(rig.queue._jobs, "fetch_job", fail_once)
    monkeypatch.setattr(dispatch, "PAUSE", 0.01)
    await rig.put("send", "1")
    async with working(rig, watch):
        await watch.have_begun(1)
    assert "worker.stopped" in caplog.text


async def test_a_worker_that_was_told_to_stop_says_so(rig: Rig) -> None:
    watch = Watch()
    await rig.put("send", "1")
    stopped = [rig.queue.is_stopped]
    async with working(rig, watch):
        await watch.have_begun(1)
        stopped.append(rig.queue.is_stopped)
    assert [*stopped, rig.queue.is_stopped] == [False, False, True]
