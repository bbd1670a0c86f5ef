"""Live time: the one place of the fakes that reads the machine's clock and waits."""

import asyncio
import heapq
import itertools
import logging
import time
from datetime import UTC, datetime, timedelta

from fakes.kit.clock import Heap, Promise
from fakes.kit.scheduler import Job

log = logging.getLogger(__name__)


class LiveClock:
    """A clock that follows the machine's, faster or slower, paused, or moved ahead by hand.

    Args:
        start: The first moment, aware; the machine's present time when ``None``.
        rate: Seconds that pass on this clock for each real one; 0 is paused.
    """

    def __init__(self, start: datetime | None = None, rate: float = 1.0) -> None:
        self._base = (start or datetime.now(UTC)).astimezone(UTC)  # noqa: TID251 - live time
        self._mark = time.monotonic()  # noqa: TID251 - live time
        self._rate = rate
        self._heap: Heap = []
        self._ranks = itertools.count()
        self._changed = asyncio.Event()

    @property
    def rate(self) -> float:
        """Seconds that pass on this clock for each real one; 0 while paused."""
        return self._rate

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        passed = (time.monotonic() - self._mark) * self._rate  # noqa: TID251 - live time
        return self._base + timedelta(seconds=passed)

    def after(self, delay: timedelta, job: Job, *, label: str) -> Promise:
        """Promise ``job`` for ``delay`` from now; see ``Scheduler.after``."""
        due = self.now() + max(delay, timedelta())
        promise = Promise(due, label, job)
        heapq.heappush(self._heap, (due, next(self._ranks), promise))
        self._changed.set()
        return promise

    def promised(self) -> list[tuple[datetime, str]]:
        """Return what is on the heap, soonest first, as (due, label)."""
        return [(due, p.label) for due, _, p in sorted(self._heap) if p.job is not None]

    def set_rate(self, rate: float) -> None:
        """Go on at ``rate`` from the present moment.

        Raises:
            ValueError: ``rate`` is negative.
        """
        if rate < 0:
            msg = f"time does not go back: rate {rate}"
            raise ValueError(msg)
        self._settle_at(self.now())
        self._rate = rate

    def skip(self, by: timedelta) -> None:
        """Move ahead by ``by`` at once; what falls due on the way runs in order.

        Raises:
            ValueError: ``by`` is negative.
        """
        if by < timedelta():
            msg = f"time does not go back: {by}"
            raise ValueError(msg)
        self._settle_at(self.now() + by)

    async def run(self) -> None:
        """Run each job when it falls due, until cancelled; a job that fails is logged, not fatal."""
        async with asyncio.TaskGroup() as running:
            while True:
                self._changed.clear()
                while (promise := self._take_due()) is not None:
                    running.create_task(_run(promise))
                await self._wait()

    def _settle_at(self, moment: datetime) -> None:
        self._base, self._mark = moment, time.monotonic()  # noqa: TID251 - live time
        self._changed.set()

    def _take_due(self) -> Promise | None:
        while self._heap and (self._heap[0][2].job is None or self._heap[0][0] <= self.now()):
            promise = heapq.heappop(self._heap)[2]
            if promise.job is not None:
                return promise
        return None

    async def _wait(self) -> None:
        seconds = None
        if self._heap and self._rate:
            seconds = (self._heap[0][0] - self.now()).total_seconds() / self._rate
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return


async def _run(promise: Promise) -> None:
    job, promise.job = promise.job, None
    if job is None:
        return
    try:
        await job()
    except Exception:
        log.exception("job failed: %s", promise.label)
