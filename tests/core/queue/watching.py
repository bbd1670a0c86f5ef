"""A worker in a live loop, and what a test sees of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from anyio import CancelScope
from anyio.lowlevel import checkpoint

from core.ports import Done, Outcome, Task
from tests.core.queue.rig import Rig

IN_TIME = 20
"""Seconds after which a test that waits has failed."""


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


async def turns(count: int) -> None:
    for _ in range(count):
        await checkpoint()
