"""What became of a task, in the words of Procrastinate: an exception and a retry decision."""

import asyncio
from datetime import datetime, timedelta

from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from core.ports import Clock, DatabaseDownError, Task

OUTAGE = timedelta(seconds=5)
"""How long a task waits that found the database down."""


class TaskRetriedError(Exception):
    """A task is to be tried again.

    Args:
        task: The task.
        at: Not before.
    """

    code = "task_retried"

    def __init__(self, task: Task, at: datetime) -> None:
        super().__init__(f"{task.kind} of {task.item} is tried again at {at.isoformat()}")
        self.task = task
        self.at = at


class TaskGivenUpError(Exception):
    """A task is given up, until an operator requeues it.

    Args:
        task: The task.
        reason: Why.
    """

    code = "task_given_up"

    def __init__(self, task: Task, reason: str) -> None:
        super().__init__(
            f"{task.kind} of {task.item} is given up: {reason}; requeue it once that is mended"
        )
        self.task = task
        self.reason = reason


class OutcomeStrategy(BaseRetryStrategy):
    """Retries what asks for it, what the database failed, and what was cancelled.

    All else is given up.

    Args:
        clock: What "at once" is told by.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002 - Procrastinate's signature
        """Return when to try again, or ``None`` when the task is given up."""
        match exception:
            case TaskRetriedError(at=at):
                return RetryDecision(retry_at=at)
            case asyncio.CancelledError():
                return RetryDecision(retry_at=self._clock.now())
            case DatabaseDownError():
                return RetryDecision(retry_at=self._clock.now() + OUTAGE)
            case _:
                return None
