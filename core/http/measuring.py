"""Timing and logging every request: by its route's template, since addresses hold secrets."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.metrics import METHODS, Metrics

log = logging.getLogger(__name__)

UNMATCHED = "unmatched"
"""The route of a path that leads nowhere."""

ASKED_OVER_AND_OVER = frozenset(("/health", "/ready", "/metrics"))
"""What machines ask every few seconds: that it was answered is worth no line."""

_REFUSED = 400


class Measuring:
    """ASGI middleware that times requests, and logs a line for each: no address, no query.

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
        status, since = 500, self._metrics.now()

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            # The router has written down whom it chose.
            route = self._templates.get(scope.get("endpoint"), UNMATCHED)
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._metrics.request(method, route, str(status), since=since)
            took = (self._metrics.now() - since) // timedelta(milliseconds=1)
            told = {"method": method, "route": route, "status": status, "ms": took}
            is_usual = route in ASKED_OVER_AND_OVER and status < _REFUSED
            log.log(logging.DEBUG if is_usual else logging.INFO, "request.answered", extra=told)
