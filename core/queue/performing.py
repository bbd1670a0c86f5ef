"""The doing of one task: its handler is called, and what became of it is written down."""

import asyncio
import logging

from procrastinate.jobs import Job, Status
from sqlalchemy.exc import SQLAlchemyError

from core.ports import Clock, DatabaseDownError, Done, Fail, Handle, Retry
from core.queue.jobs import Jobs, arguments, task_of
from core.queue.outcomes import OutcomeStrategy, TaskGivenUpError, TaskRetriedError

log = logging.getLogger(__name__)


class Performer:
    """Does tasks, one by one.

    A handler that raises has its task given up, as if it had returned ``Fail``.

    Args:
        handle: Does what a task says.
        jobs: Where the tasks are.
        clock: What "now" is told by.

    Attributes:
        strategy: What becomes of a job by what its doing raised.
    """

    def __init__(self, handle: Handle, jobs: Jobs, clock: Clock) -> None:
        self._handle = handle
        self._jobs = jobs
        self._clock = clock
        self.strategy = OutcomeStrategy(clock)

    async def perform(self, job: Job) -> None:
        """Do a job; what comes out tells ``OutcomeStrategy`` what became of it."""
        task = task_of(job)
        try:
            outcome = await self._handle(task)
        except DatabaseDownError:
            log.warning("task.delayed", extra={**arguments(task), "reason": "the database is down"})
            raise
        except Exception as error:
            log.exception("task.raised", extra=arguments(task))
            await self._condemn(job, _unforeseen(error))
            raise
        match outcome:
            case Done():
                return
            case Retry(at=at, counted=counted):
                if counted:
                    await self._jobs.count(job, attempt=task.attempt + 1)
                raise TaskRetriedError(task, at)
            case Fail(reason=reason):
                log.error("task.given_up", extra={**arguments(task), "reason": reason})
                await self._condemn(job, reason)
                raise TaskGivenUpError(task, reason)

    async def settle(self, job: Job) -> None:
        """Do a job and write down its end, as Procrastinate's worker would."""
        try:
            await self.perform(job)
        except (Exception, asyncio.CancelledError) as error:
            decision = self.strategy.get_retry_decision(exception=error, job=job)
            if decision is None:
                await self._jobs.finish_job(job, Status.FAILED, delete_job=False)
            else:
                await self._jobs.retry_job(job, retry_at=decision.retry_at)
            if isinstance(error, asyncio.CancelledError):
                raise
        else:
            await self._jobs.finish_job(job, Status.SUCCEEDED, delete_job=True)

    async def _condemn(self, job: Job, reason: str) -> None:
        await self._jobs.condemn(job, reason, at=self._clock.now())


def _unforeseen(error: Exception) -> str:
    """Return why a task was given up that raised, for the operator: no statement, no values."""
    if isinstance(error, SQLAlchemyError):
        return (
            f"the database refused what was to be written ({type(error).__name__}): the log says "
            "which at task.raised; have it done again once that is mended"
        )
    return f"{type(error).__name__}: {error}"
