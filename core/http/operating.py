"""What those who keep the core running ask: does it live, is it ready, what does it count."""

from collections.abc import Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.http.errors import HttpFault
from core.http.guards import Guards
from core.metrics import CONTENT_TYPE, PREFIX, Metrics
from core.migrations import running
from core.ports import Database
from core.queue.dispatch import ProcrastinateQueue
from core.stores import backlog
from core.stores.backlog import Backlog


class OperatingRoutes:
    """Health and readiness, which tell nobody more than that, and the operator's metrics.

    Args:
        guards: Who may see the metrics.
        database: Asked whether it answers, with the tables of this release.
        queue: Asked whether its worker works.
        metrics: What was counted.
    """

    def __init__(
        self, guards: Guards, database: Database, queue: ProcrastinateQueue, metrics: Metrics
    ) -> None:
        self._guards = guards
        self._database = database
        self._queue = queue
        self._metrics = metrics

    def table(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/health", self.health, methods=["GET"]),
            Route("/ready", self.ready, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
        ]

    async def health(self, request: Request) -> Response:  # noqa: ARG002 - the framework's signature
        """Say that the process lives."""
        return JSONResponse({"status": "ok"})

    async def ready(self, request: Request) -> Response:  # noqa: ARG002 - the framework's signature
        """Say that the core can do its part: the database answers, and the worker works."""
        await self._database.run(running.check)
        if self._queue.is_stopped:
            message = "the worker has stopped: the log says why; it begins again by itself"
            body = {"error": {"code": HttpFault.WORKER_STOPPED, "message": message}}
            return JSONResponse(body, 503)
        return JSONResponse({"status": "ready"})

    async def metrics(self, request: Request) -> Response:
        """Tell Prometheus what this process counted, and what waits in the database."""
        await self._guards.operator(request)
        now = self._metrics.now()
        found = await self._database.run(lambda tx: backlog.count(tx, now=now))
        age = 0.0 if found.oldest_due is None else (now - found.oldest_due).total_seconds()
        states = [*_states(found, age), _one("worker_stopped", _STOPPED, self._queue.is_stopped)]
        return Response(self._metrics.say(*states), media_type=CONTENT_TYPE)


_STOPPED = "1 when the worker of this process has stopped."
_OLDEST = "How long the oldest task has waited that could be begun."
_TASKS = "Tasks in the database: due, later, doing, or given up."
_WAITING = "What HubSpot is still to be told."
_REFUSED = "What HubSpot refused for good, and waits for the operator."
_ACCOUNTS = "Installations, by state."


def _states(found: Backlog, age: float) -> Iterator[Metric]:
    tasks = {
        "due": found.due,
        "later": found.later,
        "doing": found.doing,
        "given_up": found.given_up,
    }
    yield _by("tasks", _TASKS, "state", tasks)
    yield _one("oldest_due_task_seconds", _OLDEST, age)
    yield _by("hubspot_waiting", _WAITING, "kind", found.waiting)
    yield _by("hubspot_refused", _REFUSED, "kind", found.refused)
    yield _by("accounts", _ACCOUNTS, "state", found.accounts)


def _one(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", about, value=value)


def _by(name: str, about: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(f"{PREFIX}_{name}", about, labels=[label])
    for each, value in sorted(values.items()):
        family.add_metric([each], value)
    return family
