"""A virtual clock: it moves when told, and runs on the way what was promised for then."""

import heapq
import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fakes.kit.scheduler import Job

EPOCH = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Where a virtual clock starts unless told otherwise: a working Monday, ten o'clock in Paris."""


_NO_TIME = timedelta()


class ClockBusyError(RuntimeError):
    """The clock was moved from inside a job that it is running: the job would wait for itself."""


@dataclass(slots=True)
class Promise:
    """A job on the heap; ``None`` stands for one that was called off, or has started."""

    due: datetime
    label: str
    job: Job | None

    def cancel(self) -> None:
        """Call the job off; without effect once it has started."""
        self.job = None


Heap = list[tuple[datetime, int, Promise]]
"""Promises by due time and then by rank, in tuples: those are compared at no cost."""


class VirtualClock:
    """A clock that stands still until it is moved.

    Args:
        start: The first moment, aware.
    """

    def __init__(self, start: datetime = EPOCH) -> None:
        self._now = start.astimezone(UTC)
        self._heap: Heap = []
        self._ranks = itertools.count()
        self._running: str | None = None

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return self._now

    def after(self, delay: timedelta, job: Job, *, label: str) -> Promise:
        """Promise ``job`` for ``delay`` from now; see ``Scheduler.after``."""
        promise = Promise(self._now + delay if delay > _NO_TIME else self._now, label, job)
        heapq.heappush(self._heap, (promise.due, next(self._ranks), promise))
        return promise

    def next_due(self) -> datetime | None:
        """Return when the next job is due, or ``None`` when nothing is promised."""
        heap = self._heap
        while heap and heap[0][2].job is None:
            heapq.heappop(heap)
        return heap[0][0] if heap else None

    def promised(self) -> list[tuple[datetime, str]]:
        """Return what is on the heap, soonest first, as (due, label)."""
        return [(due, p.label) for due, _, p in sorted(self._heap) if p.job is not None]

    def jump(self, to: datetime) -> None:
        """Move to ``to`` without running anything; the past is left alone.

        Raises:
            ClockBusyError: A job is being run.
        """
        self._refuse_reentry()
        self._now = max(self._now, to)

    async def run_due(self) -> int:
        """Run every job that is due by now, and return how many ran.

        Raises:
            ClockBusyError: A job is being run.
        """
        self._refuse_reentry()
        ran = 0
        while (due := self.next_due()) is not None and due <= self._now:
            promise = heapq.heappop(self._heap)[2]
            job, promise.job = promise.job, None
            if job is not None:
                await self._run(promise.label, job)
                ran += 1
        return ran

    async def advance(self, by: timedelta) -> None:
        """Let ``by`` pass, running each job at its own moment.

        Raises:
            ClockBusyError: A job is being run.
            ValueError: ``by`` is negative.
        """
        if by < _NO_TIME:
            msg = f"time does not go back: {by}"
            raise ValueError(msg)
        until = self._now + by
        await self.run_due()
        while (due := self.next_due()) is not None and due <= until:
            self.jump(due)
            await self.run_due()
        self.jump(until)

    async def _run(self, label: str, job: Job) -> None:
        self._running = label
        try:
            await job()
        finally:
            self._running = None

    def _refuse_reentry(self) -> None:
        if self._running is not None:
            msg = f"the clock cannot be moved while it runs {self._running!r}"
            raise ClockBusyError(msg)
