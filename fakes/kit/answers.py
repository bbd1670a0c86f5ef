"""Answers: JSON through orjson, empty ones, pages."""

from collections.abc import Mapping

import orjson
from starlette.responses import HTMLResponse, Response

JSON = "application/json;charset=utf-8"


def json_answer(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return ``body`` as JSON."""
    return Response(orjson.dumps(body), status, dict(headers or {}), media_type=JSON)


def empty_answer(status: int = 204, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer without a body."""
    return Response(b"", status, dict(headers or {}))


def page_answer(html: str, status: int = 200) -> HTMLResponse:
    """Return an HTML page."""
    return HTMLResponse(html, status)
