"""Later work, dispatched by Procrastinate over whichever storage its connector speaks to."""

import asyncio
import logging
from collections.abc import Collection
from datetime import datetime

from procrastinate import App, JobContext
from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import DEFAULT_QUEUE, DeleteJobCondition, Job
from sqlalchemy import Connection

from core.ports import Clock, Failure, Handle, Task, Thing, Urgency
from core.queue.jobs import TASK, Jobs, arguments, task_of
from core.queue.performing import Performer

log = logging.getLogger(__name__)

POLL = 0.5
"""Seconds between looks for jobs that fall due, which nothing announces."""

HEARTBEAT, STALLED = 2.0, 10.0
"""Seconds between signs of life of a worker, and without one until it is taken for dead."""

SWEEP = 5.0
"""Seconds between looks for the tasks of dead workers."""

GRACE = 20.0
"""Seconds that running tasks are given to end when the worker is stopped; then they are put back."""

PAUSE = 2.0
"""Seconds before work goes on that stopped because the storage failed."""


class ProcrastinateQueue:
    """A ``ports.WorkQueue`` of which each task is a job of Procrastinate.

    A task whose handler is cancelled is put back, and the try does not count; neither does one
    cut short by a crash.

    Args:
        connector: The storage.
        clock: What "now" is told by.
    """

    def __init__(self, connector: BaseAsyncConnector, clock: Clock) -> None:
        self._connector = connector
        self._clock = clock
        self._jobs = Jobs(connector)
        self._is_stopped = False

    @property
    def is_stopped(self) -> bool:
        """Whether the worker that ``run`` began stopped, by itself or because it was told to."""
        return self._is_stopped

    def enqueue(
        self,
        tx: Connection,
        kind: str,
        item: str,
        *,
        at: datetime | None = None,
        lane: str | None = None,
        once: str | None = None,
        account: int | None = None,
        urgency: Urgency = Urgency.USUAL,
    ) -> bool:
        """Promise a task in the caller's transaction; see ``ports.WorkQueue``."""
        job = Job(
            queue=DEFAULT_QUEUE if account is None else str(account),
            priority=urgency,
            lock=lane,
            queueing_lock=once,
            task_name=TASK,
            task_kwargs=arguments(Task(kind=kind, item=item)),
            scheduled_at=at or self._clock.now(),
        )
        try:
            self._jobs.defer_job(job, connection=tx)
        except AlreadyEnqueued:
            return False
        return True

    async def run(self, handle: Handle, *, concurrency: int) -> None:
        """Do tasks as they fall due until cancelled; see ``ports.WorkQueue``."""
        app = App(connector=self._connector)
        app.job_manager = self._jobs
        performer = Performer(handle, self._jobs, self._clock)

        @app.task(name=TASK, pass_context=True, retry=performer.strategy)
        async def perform(context: JobContext, /, **_: object) -> None:
            await performer.perform(context.job)

        try:
            await self._run(app, concurrency)
        finally:
            self._is_stopped = True

    async def _run(self, app: App, concurrency: int) -> None:
        await self.sweep()
        # Procrastinate's worker lets running tasks finish when it is cancelled once, and abandons
        # them when it is cancelled again, as anyio does; the group passes on the first only.
        async with asyncio.TaskGroup() as group:
            group.create_task(self._work(app, concurrency))
            group.create_task(self._keep_sweeping())

    async def _work(self, app: App, concurrency: int) -> None:
        """Have Procrastinate's worker work, again whenever it stops by itself."""
        while True:
            self._is_stopped = False
            try:
                await app.run_worker_async(
                    concurrency=concurrency,
                    fetch_job_polling_interval=POLL,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=STALLED,
                    shutdown_graceful_timeout=GRACE,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL,
                    install_signal_handlers=False,
                )
            except Exception:
                # Whatever it was, a process that answers and does no work would be worse.
                log.exception("worker.stopped")
            self._is_stopped = True
            await asyncio.sleep(PAUSE)  # noqa: TID251 - live time, as the worker's own polling

    async def _keep_sweeping(self) -> None:
        """Sweep again and again: Procrastinate leaves a dead worker's jobs where they are."""
        while True:
            await asyncio.sleep(SWEEP)  # noqa: TID251 - live time, as the worker's own polling
            try:
                if back := await self.sweep():
                    log.warning("tasks.put_back", extra={"count": back})
            except Exception:
                log.exception("sweep.failed")

    async def drain(self, handle: Handle, *, limit: int = 10_000) -> int:
        """Do what is due by now, and what that adds, one after the other; see ``WorkQueue``."""
        done = 0
        performer = Performer(handle, self._jobs, self._clock)
        worker = await self._jobs.register_worker()
        try:
            while done < limit and (job := await self._jobs.fetch_job(None, worker)) is not None:
                await performer.settle(job)
                done += 1
        finally:
            await self._jobs.unregister_worker(worker)
        return done

    async def next_due(self) -> datetime | None:
        """Return when the next task is due that its lane lets start, or ``None``."""
        return await self._jobs.next_due()

    async def sweep(self) -> int:
        """Put back the tasks whose worker died, and return how many."""
        stalled = await self._jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED)
        return await self._jobs.put_back([*stalled, *self._jobs.unsettled])

    async def failed(self) -> list[Failure]:
        """Return the tasks that were given up, with their reasons, oldest first."""
        return [
            Failure(task=task_of(gone.job), reason=gone.reason, at=gone.at)
            for gone in await self._jobs.given_up()
        ]

    async def requeue(self, things: Collection[Thing]) -> int:
        """Make those of the tasks that were given up due now, with their tries counted afresh."""
        jobs = await self._find_given_up(things)
        for job in jobs:
            await self._jobs.count(job, attempt=0)
            await self._jobs.retry_job(job, retry_at=self._clock.now())
        return len(jobs)

    async def dismiss(self, things: Collection[Thing]) -> int:
        """Forget those of the tasks that were given up."""
        jobs = await self._find_given_up(things)
        for job in jobs:
            await self._jobs.drop(job)
        return len(jobs)

    async def _find_given_up(self, things: Collection[Thing]) -> list[Job]:
        jobs = [gone.job for gone in await self._jobs.given_up()]
        return [job for job in jobs if (task_of(job).kind, task_of(job).item) in things]
