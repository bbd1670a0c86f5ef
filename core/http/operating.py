"""What those who keep the core running ask: does it live, is it ready, what does it count."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.http.errors import HttpFault
from core.migrations import running
from core.ports import Database
from core.queue.dispatch import ProcrastinateQueue


class OperatingRoutes:
    """Health and readiness, which tell nobody more than that.

    Args:
        database: Asked whether it answers, with the tables of this release.
        queue: Asked whether its worker works.
    """

    def __init__(self, database: Database, queue: ProcrastinateQueue) -> None:
        self._database = database
        self._queue = queue

    def table(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/health", self.health, methods=["GET"]),
            Route("/ready", self.ready, methods=["GET"]),
        ]

    async def health(self, request: Request) -> Response:  # noqa: ARG002 - the framework's signature
        """Say that the process lives."""
        return JSONResponse({"status": "ok"})

    async def ready(self, request: Request) -> Response:  # noqa: ARG002 - the framework's signature
        """Say that the core can do its part: the database answers, and the worker works."""
        await self._database.run(running.check)
        if self._queue.is_stopped:
            message = "the worker has stopped: the log says why; it begins again by itself"
            return JSONResponse(
                {"error": {"code": HttpFault.WORKER_STOPPED, "message": message}}, 503
            )
        return JSONResponse({"status": "ready"})
