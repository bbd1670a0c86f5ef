"""Timing every request: the route is told by its template, since paths hold ids and secrets."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.metrics import Metrics

UNMATCHED = "unmatched"
"""The route of a path that leads nowhere."""


class Measuring:
    """ASGI middleware that times requests.

    Args:
        app: What answers them.
        metrics: Where they are counted.
        templates: The path of each endpoint's route.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, templates: Mapping[object, str]) -> None:
        self._app = app
        self._metrics = metrics
        self._templates = templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and count how that ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # What nobody foresaw is answered further out, with a 500.
        status, since = "500", self._metrics.now()

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            # The router has written down whom it chose.
            route = self._templates.get(scope.get("endpoint"), UNMATCHED)
            self._metrics.request(scope["method"], route, status, since=since)
