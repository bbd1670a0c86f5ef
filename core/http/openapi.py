"""The core's own endpoints, described by OpenAPI 3.1: made of the table that is served."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.http.api_shapes import SHAPES, TEXT, Shape, ref
from core.http.api_table import JSON, KEEPS_OUT, PAGE, TOLD, Told

PATH = "/openapi.json"
"""Where it is served."""

_VERSION = "1"
_ABOUT = "The integration of smsmode with HubSpot: what the vendors, cards and its operator ask."

LOCKS: Mapping[str, Mapping[str, str]] = {
    "operator": {
        "type": "http",
        "scheme": "bearer",
        "description": "The operator's token, CORE_OPERATOR_TOKEN.",
    },
    "hubspot": {
        "type": "apiKey",
        "in": "header",
        "name": "X-HubSpot-Signature-v3",
        "description": "HubSpot's signature, version 3, or 2 and 1 where only those come.",
    },
    "hubspot_fetch": {
        "type": "apiKey",
        "in": "header",
        "name": "X-HubSpot-Signature-v3",
        "description": "HubSpot's signature, version 3.",
    },
    "link": {
        "type": "apiKey",
        "in": "query",
        "name": "link",
        "description": "A signed link of the card, good for a short while; in the form when posted.",
    },
    "state": {
        "type": "apiKey",
        "in": "query",
        "name": "state",
        "description": "OAuth's state, signed, good once and in the browser that was given it.",
    },
}
"""The proofs that are asked for beside the path; the others are in the path."""


class OpenApiRoute:
    """Serves the description.

    Args:
        routes: The routes that it describes, itself aside.
        guards: The guard of each path.
        public_url: Where they are.
    """

    def __init__(self, routes: Sequence[Route], guards: Mapping[str, str], public_url: str) -> None:
        self.route = Route(PATH, self.show, methods=["GET"])
        self._document = describe([*routes, self.route], guards, public_url)

    async def show(self, request: Request) -> Response:  # noqa: ARG002 - the framework's signature
        """Describe these endpoints."""
        return JSONResponse(self._document)


def describe(routes: Sequence[Route], guards: Mapping[str, str], public_url: str) -> dict[str, Any]:
    """Return the description of ``routes``.

    Raises:
        KeyError: Nothing is told of one of them.
    """
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        guard = guards[route.path]
        for method in sorted((route.methods or set()) - {"HEAD"}):
            told = TOLD[f"{method} {route.path}"]
            described = _operation(route, told, guard)
            paths.setdefault(route.path, {})[method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "smsmode for HubSpot", "version": _VERSION, "description": _ABOUT},
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {"schemas": dict(SHAPES), "securitySchemes": dict(LOCKS)},
    }


def _operation(route: Route, told: Told, guard: str) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": (route.endpoint.__doc__ or "").partition("\n")[0],
        "parameters": [
            *(_parameter(name, "path") for name in re.findall(r"{(\w+)}", route.path)),
            *(_parameter(name, "query") for name in told.asks),
        ],
        "responses": _responses(told, guard),
        "security": [{guard: []}] if guard in LOCKS else [],
    }
    if told.takes:
        operation["requestBody"] = {"required": True, "content": _content(told.takes)}
    return operation


def _parameter(name: str, place: str) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": TEXT}


def _responses(told: Told, guard: str) -> dict[str, Any]:
    error = PAGE if told.pages else "Error"
    refused = dict.fromkeys(KEEPS_OUT[guard], error) | dict(told.refuses)
    responses = {
        str(status): {"description": "Refused: the error says why.", "content": _content(what)}
        for status, what in sorted(refused.items())
    }
    for status, what in told.answers.items():
        answer: dict[str, Any] = {"description": "As asked."}
        responses[str(status)] = answer | ({"content": _content(what)} if what else {})
    responses["default"] = {"description": "Any other failure.", "content": _content(error)}
    return responses


def _content(what: str) -> dict[str, Any]:
    """Return the content that ``what`` names: a shape, or a content type without one."""
    if "/" in what:
        return {what: {"schema": _anything(what)}}
    return {JSON: {"schema": ref(what)}}


def _anything(content_type: str) -> Shape:
    return {"type": "object"} if content_type == JSON else TEXT
