"""Procrastinate's job manager, and what we ask of the jobs beyond it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import NoResult, UniqueViolation
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.types import JSONDict

from core.queue import statements


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
    """

    connector: BaseAsyncConnector

    def __init__(self, connector: BaseAsyncConnector) -> None:
        super().__init__(connector)

    async def next_due(self) -> datetime | None:
        """Return when the next job is due that its lane lets start, or ``None``."""
        try:
            row = await self.connector.execute_query_one_async(statements.NEXT_DUE)
        except NoResult:
            return None
        due: datetime = row["scheduled_at"]
        return due

    async def rewrite(self, job_id: int, args: JSONDict) -> None:
        """Replace what job ``job_id`` says by ``args``."""
        await self.connector.execute_query_async(statements.REWRITE, job_id=job_id, args=args)

    async def condemn(self, job_id: int, reason: str, *, at: datetime) -> None:
        """Write down why job ``job_id`` is about to be given up."""
        await self.connector.execute_query_async(
            statements.CONDEMN, job_id=job_id, reason=reason, failed_at=at
        )

    async def given_up(self) -> list[GivenUp]:
        """Return the jobs that were given up, oldest first."""
        rows = await self.connector.execute_query_all_async(statements.FAILED)
        return [
            GivenUp(job=Job.from_row(row), reason=row["reason"] or "", at=row["failed_at"])
            for row in rows
        ]

    async def put_back(self, stalled: Iterable[Job]) -> int:
        """Put back jobs whose worker died, and return how many were."""
        back = 0
        for job in stalled:
            asked: dict[str, Any] = {"job_id": job.id, "worker_id": job.worker_id}
            try:
                rows = await self.connector.execute_query_all_async(statements.PUT_BACK, **asked)
            except UniqueViolation:
                await self.connector.execute_query_async(statements.DROP, job_id=job.id)
            else:
                back += len(rows)
        return back

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
