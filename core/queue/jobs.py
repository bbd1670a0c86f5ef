"""Procrastinate's job manager, and what we ask of the jobs beyond it.

Its own queries are written so that PostgreSQL and SQLite both understand them.
"""

from datetime import datetime

from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import NoResult, UniqueViolation
from procrastinate.manager import JobManager
from procrastinate.types import JSONDict

NEXT_DUE = """
    SELECT waiting.scheduled_at FROM procrastinate_jobs AS waiting
    WHERE waiting.status = 'todo'
      AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs AS ahead
        WHERE ahead.lock = waiting.lock AND ahead.status = 'doing')
      AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs AS ahead
        WHERE ahead.lock = waiting.lock AND ahead.status = 'todo' AND ahead.id < waiting.id)
    ORDER BY waiting.scheduled_at LIMIT 1
"""
"""When the first job is due that no other of its lane holds up."""

REWRITE = "UPDATE procrastinate_jobs SET args = %(args)s WHERE id = %(job_id)s"
"""Changes what a job says."""

DROP = "DELETE FROM procrastinate_jobs WHERE id = %(job_id)s"
"""Forgets a job, whatever its state."""


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
            row = await self.connector.execute_query_one_async(NEXT_DUE)
        except NoResult:
            return None
        due: datetime = row["scheduled_at"]
        return due

    async def rewrite(self, job_id: int, args: JSONDict) -> None:
        """Replace what job ``job_id`` says by ``args``."""
        await self.connector.execute_query_async(REWRITE, job_id=job_id, args=args)

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
            await self.connector.execute_query_async(DROP, job_id=job_id)
