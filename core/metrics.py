"""What a core counts and times, for Prometheus: a registry for each core, and none for the process.

Labels are names of ours, a few dozen in all; never an account, a contact or a number.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.core import Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from core.ports import Clock

CONTENT_TYPE = CONTENT_TYPE_LATEST
"""What ``Metrics.say`` returns."""

PREFIX = "smsmode_hubspot"
"""What every name begins with."""

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
"""The methods that are told apart: anybody may make up others."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)


@dataclass(slots=True)
class Timed:
    """Something that is being timed.

    Args:
        outcome: What became of it; left as it was when an exception ends it.
    """

    outcome: str


class Metrics:
    """Counts and times what one core does; the figures begin again with the process.

    Args:
        clock: Times are told by it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._registry = CollectorRegistry()
        self._requests = self._histogram(
            "http_request", "Requests answered, by route and status.", "method", "route", "status"
        )
        self._calls = self._histogram(
            "vendor_call", "Calls to the vendors, by status; none when no answer came.",
            "vendor", "outcome",
        )  # fmt: skip
        self._tasks = self._histogram(
            "task", "Tasks tried: done, retried, given up (fail) or cut short (raised).",
            "kind", "outcome",
        )  # fmt: skip
        self._statuses = Counter(
            f"{PREFIX}_sms_statuses",
            "Statuses that SMS reached, each once an SMS; the figures of accounts are exact.",
            ("type", "status"),
            registry=self._registry,
        )
        self._refusals = Counter(
            f"{PREFIX}_refusals",
            "Workflow executions refused before they made an SMS, by reason.",
            ("code",),
            registry=self._registry,
        )

    def now(self) -> datetime:
        """Return the moment at which something begins."""
        return self._clock.now()

    def request(self, method: str, route: str, status: str, *, since: datetime) -> None:
        """Time a request that was answered, or could not be, now; ``method`` is one of few."""
        seconds = (self._clock.now() - since).total_seconds()
        self._requests(method, route, status).observe(seconds)

    @contextmanager
    def call(self, vendor: str) -> Iterator[Timed]:
        """Time a call to a vendor, and yield what its outcome is to be written in."""
        with self._time(self._calls, vendor, Timed("none")) as timed:
            yield timed

    @contextmanager
    def task(self, kind: str) -> Iterator[Timed]:
        """Time a try of a task, and yield what its outcome is to be written in."""
        with self._time(self._tasks, kind, Timed("raised")) as timed:
            yield timed

    def status(self, kind: str, status: str) -> None:
        """Count a status that an SMS reached for the first time."""
        self._statuses.labels(kind, status).inc()

    def refusal(self, code: str) -> None:
        """Count an execution that was refused."""
        self._refusals.labels(code).inc()

    def say(self, *states: Metric) -> bytes:
        """Return everything in Prometheus's text form.

        Args:
            states: What is not counted but looked at, as of now.
        """
        return generate_latest(self._registry) + generate_latest(_States(states))

    def _histogram(self, name: str, about: str, *labels: str) -> Callable[..., Histogram]:
        """Return what gives the series of some labels; each is looked for once."""
        histogram = Histogram(
            f"{PREFIX}_{name}_seconds", about, labels, registry=self._registry, buckets=_SECONDS
        )
        return cache(histogram.labels)

    @contextmanager
    def _time(
        self, histogram: Callable[..., Histogram], name: str, timed: Timed
    ) -> Iterator[Timed]:
        began = self._clock.now()
        try:
            yield timed
        finally:
            seconds = (self._clock.now() - began).total_seconds()
            histogram(name, timed.outcome).observe(seconds)


class _States(Collector):
    """Gives out what it was given."""

    def __init__(self, states: tuple[Metric, ...]) -> None:
        self._states = states

    def collect(self) -> Iterator[Metric]:
        yield from self._states
