"""Calling an ASGI app without a socket: an httpx transport that costs little more than the app."""

from typing import Any

import httpx
from starlette.types import ASGIApp, Message

CALLER = ("127.0.0.1", 50000)
"""Who the app sees calling."""


class InProcessTransport(httpx.AsyncBaseTransport):
    """Answers requests by calling an app.

    An app that breaks answers 500, as a server would: its exception is not the caller's. Like
    every call without a socket it knows no timeouts, and answers are whole before they are seen.

    Args:
        app: Who answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the app's answer."""
        exchange = _Exchange(await request.aread())
        try:
            await self._app(_scope(request), exchange.receive, exchange.send)
        except Exception:  # noqa: BLE001 - a broken app is a 500 to its caller
            return httpx.Response(500, request=request)
        return httpx.Response(
            exchange.status,
            headers=exchange.headers,
            content=b"" if request.method == "HEAD" else b"".join(exchange.answered),
            request=request,
        )


class _Exchange:
    """What passes between one caller and the app."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.answered: list[bytes] = []

    async def receive(self) -> Message:
        body, self._body = self._body, None
        if body is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message["headers"])
        else:
            self.answered.append(message.get("body", b""))


def _scope(request: httpx.Request) -> dict[str, Any]:
    url = request.url
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": url.scheme,
        "path": url.path,
        "raw_path": url.raw_path.split(b"?")[0],
        "query_string": url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": (url.host, url.port),
        "client": CALLER,
    }
