"""Later work, dispatched by Procrastinate over whichever storage its connector speaks to."""

import asyncio
import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from procrastinate import App, JobContext
from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import DEFAULT_QUEUE, DeleteJobCondition, Job, Status
from procrastinate.types import JSONDict
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from core.ports import (
    Clock,
    DatabaseDownError,
    Done,
    Fail,
    Failure,
    Handle,
    Retry,
    Task,
    Thing,
    Urgency,
)
from core.queue.jobs import Jobs
from core.queue.outcomes import OutcomeStrategy, TaskGivenUpError, TaskRetriedError

log = logging.getLogger(__name__)

TASK = "core"
"""The one task that Procrastinate knows; the kind is in its arguments."""

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

    A handler that raises has its task given up, as if it had returned ``Fail``. One that is
    cancelled has it put back, and the try does not count; neither does one cut short by a crash.

    Args:
        connector: The storage.
        clock: What "now" is told by.
    """

    def __init__(self, connector: BaseAsyncConnector, clock: Clock) -> None:
        self._connector = connector
        self._clock = clock
        self._jobs = Jobs(connector)
        self._strategy = OutcomeStrategy(clock)
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
            task_kwargs=_say(Task(kind=kind, item=item)),
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

        @app.task(name=TASK, pass_context=True, retry=self._strategy)
        async def perform(context: JobContext, /, **_: object) -> None:
            await self._perform(context.job, handle)

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
        worker = await self._jobs.register_worker()
        try:
            while done < limit and (job := await self._jobs.fetch_job(None, worker)) is not None:
                await self._settle(job, handle)
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
            Failure(task=_read(gone.job), reason=gone.reason, at=gone.at)
            for gone in await self._jobs.given_up()
        ]

    async def requeue(self, things: Collection[Thing]) -> int:
        """Make those of the tasks that were given up due now, with their tries counted afresh."""
        jobs = await self._find_given_up(things)
        for job in jobs:
            await self._count(job, _read(job), attempt=0)
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
        return [job for job in jobs if (_read(job).kind, _read(job).item) in things]

    async def _perform(self, job: Job, handle: Handle) -> None:
        """Do a job; what comes out tells ``OutcomeStrategy`` what became of it."""
        task = _read(job)
        try:
            outcome = await handle(task)
        except DatabaseDownError:
            log.warning("task.delayed", extra={**_say(task), "reason": "the database is down"})
            raise
        except Exception as error:
            log.exception("task.raised", extra=_say(task))
            await self._condemn(job, _unforeseen(error))
            raise
        match outcome:
            case Done():
                return
            case Retry(at=at, counted=counted):
                if counted:
                    await self._count(job, task, attempt=task.attempt + 1)
                raise TaskRetriedError(task, at)
            case Fail(reason=reason):
                log.error("task.given_up", extra={**_say(task), "reason": reason})
                await self._condemn(job, reason)
                raise TaskGivenUpError(task, reason)

    async def _settle(self, job: Job, handle: Handle) -> None:
        """Do a job and write down its end, as Procrastinate's worker would."""
        try:
            await self._perform(job, handle)
        except (Exception, asyncio.CancelledError) as error:
            decision = self._strategy.get_retry_decision(exception=error, job=job)
            if decision is None:
                await self._jobs.finish_job(job, Status.FAILED, delete_job=False)
            else:
                await self._jobs.retry_job(job, retry_at=decision.retry_at)
            if isinstance(error, asyncio.CancelledError):
                raise
        else:
            await self._jobs.finish_job(job, Status.SUCCEEDED, delete_job=True)

    async def _count(self, job: Job, task: Task, *, attempt: int) -> None:
        if job.id is not None and attempt != task.attempt:
            await self._jobs.rewrite(job.id, _say(replace(task, attempt=attempt)))

    async def _condemn(self, job: Job, reason: str) -> None:
        if job.id is not None:
            await self._jobs.condemn(job.id, reason, at=self._clock.now())


def _unforeseen(error: Exception) -> str:
    """Return why a task was given up that raised, for the operator: no statement, no values."""
    if isinstance(error, SQLAlchemyError):
        return (
            f"the database refused what was to be written ({type(error).__name__}): the log says "
            "which at task.raised; have it done again once that is mended"
        )
    return f"{type(error).__name__}: {error}"


def _say(task: Task) -> JSONDict:
    return {"kind": task.kind, "item": task.item, "attempt": task.attempt}


def _read(job: Job) -> Task:
    said: dict[str, Any] = job.task_kwargs
    return Task(**said)
