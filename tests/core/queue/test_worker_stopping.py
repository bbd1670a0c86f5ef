"""How the worker stops: told to, held up, or stopped by something else."""

import asyncio
from typing import Any

import pytest

from core.queue import dispatch
from tests.core.queue.rig import Rig
from tests.core.queue.watching import IN_TIME, Watch, turns, working

pytestmark = pytest.mark.usefixtures("never_poll")


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
