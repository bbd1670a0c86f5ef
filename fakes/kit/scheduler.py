"""Time as the fakes see it: what o'clock it is, and what to do later."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

Job = Callable[[], Awaitable[None]]
"""Work for later: called without arguments, once, when its time has come."""


class Handle(Protocol):
    """A promised job, which may still be called off."""

    def cancel(self) -> None:
        """Call the job off; without effect once it has started."""
        ...


class Scheduler(Protocol):
    """The clock and its heap of jobs.

    Jobs run in order of their due time, then in the order in which they were asked for. On a
    virtual clock one job ends before the next begins; on a live one they may overlap.
    """

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...

    def after(self, delay: timedelta, job: Job, *, label: str) -> Handle:
        """Promise ``job`` for ``delay`` from now (zero: as soon as the present work is over).

        Args:
            delay: How long to wait; negative counts as zero.
            job: What to run.
            label: What the job is, for people who look at the heap.
        """
        ...
