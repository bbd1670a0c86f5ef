"""What becomes of a task that a vendor's trouble kept from being done."""

from datetime import datetime, timedelta

from core.domain.errors import ProviderError, ThrottledError
from core.domain.retry import next_wait
from core.ports import Fail, Retry, Task

_THROTTLED_WAIT = timedelta(seconds=10)


def again(task: Task, error: ProviderError, *, now: datetime) -> Retry | Fail:
    """Return when ``task`` is to be done again, or that it is given up.

    Waiting for as long as the vendor asks does not count as a try.

    Args:
        task: What was not done.
        error: What came in the way.
        now: The present moment.
    """
    if isinstance(error, ThrottledError):
        return Retry(at=now + (error.retry_after or _THROTTLED_WAIT), counted=False)
    wait = next_wait(task.attempt, task.item)
    return Fail(reason=error.message) if wait is None else Retry(at=now + wait)
