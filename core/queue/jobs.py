"""Procrastinate's job manager, and what we ask of the jobs beyond it."""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import NoResult, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.types import JSONDict

from core.ports import DatabaseDownError, Task
from core.queue import statements

log = logging.getLogger(__name__)

TASK = "core"
"""The one task that Procrastinate knows; the kind is in its arguments."""


def arguments(task: Task) -> JSONDict:
    """Return what the job of a task says."""
    return {"kind": task.kind, "item": task.item, "attempt": task.attempt}


def task_of(job: Job) -> Task:
    """Return the task that a job is about."""
    said: dict[str, Any] = job.task_kwargs
    return Task(**said)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A job that was given up.

    Args:
        job: The job.
        reason: Why.
        at: When.
    """

    job: Job
    reason: str
    at: datetime


class Jobs(JobManager):
    """The jobs of one database.

    Args:
        connector: How the database is asked.

    Attributes:
        unsettled: The jobs whose end could not be written down, since the database was down.
    """

    connector: BaseAsyncConnector

    def __init__(self, connector: BaseAsyncConnector) -> None:
        super().__init__(connector)
        self.unsettled: list[Job] = []

    async def register_worker(self) -> int:
        """Write down a worker that begins, and return its number.

        A worker that is told to stop meanwhile is struck out again: the database goes on with
        what it has begun, so that the row would stay with nobody to remove it.
        """
        signing_in = asyncio.ensure_future(super().register_worker())  # noqa: TID251 - outlives its caller
        try:
            return await asyncio.shield(signing_in)
        except asyncio.CancelledError:
            await self.unregister_worker(await signing_in)
            raise

    async def next_due(self) -> datetime | None:
        """Return when the next job is due that its lane lets start, or ``None``."""
        try:
            row = await self.connector.execute_query_one_async(statements.NEXT_DUE)
        except NoResult:
            return None
        due: datetime = row["scheduled_at"]
        return due

    async def count(self, job: Job, *, attempt: int) -> None:
        """Write down how many tries of a job's task have failed that count."""
        task = task_of(job)
        if attempt != task.attempt:
            args = arguments(replace(task, attempt=attempt))
            await self.connector.execute_query_async(statements.REWRITE, job_id=job.id, args=args)

    async def condemn(self, job: Job, reason: str, *, at: datetime) -> None:
        """Write down why a job is about to be given up."""
        await self.connector.execute_query_async(
            statements.CONDEMN, job_id=job.id, reason=reason, failed_at=at
        )

    async def given_up(self) -> list[GivenUp]:
        """Return the jobs that were given up, oldest first."""
        rows = await self.connector.execute_query_all_async(statements.FAILED)
        return [
            GivenUp(job=Job.from_row(row), reason=row["reason"] or "", at=row["failed_at"])
            for row in rows
        ]

    async def drop(self, job: Job) -> None:
        """Forget a job, whatever its state."""
        await self.connector.execute_query_async(statements.DROP, job_id=job.id)

    async def put_back(self, stalled: Iterable[Job]) -> int:
        """Put back jobs whose worker died, and return how many were."""
        back = 0
        for job in stalled:
            asked: dict[str, Any] = {"job_id": job.id, "worker_id": job.worker_id}
            try:
                rows = await self.connector.execute_query_all_async(statements.PUT_BACK, **asked)
            except UniqueViolation:
                await self.drop(job)
            else:
                back += len(rows)
        self.unsettled.clear()
        return back

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: FBT001 - Procrastinate's signature
        """Write down the end of a job."""
        with self._settling(job):
            await super().finish_job(job, status, delete_job)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put a job back to wait until ``retry_at``."""
        with self._settling(job):
            await super().retry_job(job, retry_at, priority, queue, lock)

    @contextmanager
    def _settling(self, job: Job) -> Iterator[None]:
        try:
            yield
        except DatabaseDownError:
            # Raised, it would only end a task of Procrastinate's that nobody waits for.
            self.unsettled.append(job)
            log.warning("job.unsettled", extra={"job_id": job.id})

    async def retry_job_by_id_async(
        self,
        job_id: int,
        retry_at: datetime,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Put job ``job_id`` back to wait until ``retry_at``.

        It gives way to a job that waits under the same key: that one does the same work.
        """
        try:
            await super().retry_job_by_id_async(job_id, retry_at, priority, queue, lock)
        except UniqueViolation:
            await self.connector.execute_query_async(statements.DROP, job_id=job_id)
