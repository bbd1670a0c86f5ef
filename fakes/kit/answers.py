"""Answers: JSON through orjson, empty ones, pages."""

from collections.abc import Mapping

import orjson
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

JSON = "application/json;charset=utf-8"


_TYPE = (b"content-type", JSON.encode())


class _JsonResponse(Response):
    """A response whose headers are known: nothing is looked up, encoded or guessed for them."""

    def __init__(self, body: bytes, status: int, headers: Mapping[str, str]) -> None:
        self.status_code = status
        self.body = body
        self.background = None
        self.raw_headers = [(b"content-length", str(len(body)).encode()), _TYPE]
        for name, value in headers.items():
            self.raw_headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        status, headers = self.status_code, self.raw_headers
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def json_answer(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return ``body`` as JSON."""
    return _JsonResponse(compact_json(body), status, headers or {})


def compact_json(body: object) -> bytes:
    """Return ``body`` as JSON, in bytes that are fit to be kept.

    What orjson returns holds on to the whole buffer that it was written in, a page or more.
    """
    return bytes(memoryview(orjson.dumps(body)))


def empty_answer(status: int = 204, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer without a body."""
    return Response(b"", status, dict(headers or {}))


def page_answer(html: str, status: int = 200) -> HTMLResponse:
    """Return an HTML page."""
    return HTMLResponse(html, status)
