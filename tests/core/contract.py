"""Each request and answer of the core's own tests, held against its OpenAPI description."""

import json
import re
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from typing import Any

import httpx
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from starlette.routing import Route

from core.bootstrap import build, open_database
from core.http.app import GUARDS
from core.http.openapi import describe
from fakes.kit.clock import VirtualClock
from fakes.kit.ids import SeededIds
from tests.core.builders import PUBLIC, SETTINGS

REFUSED = 400


class Contract:
    """What a description promises of each request and answer.

    Args:
        document: The description.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._components = document["components"]
        self._paths = [
            (re.compile(re.sub(r"{\w+}", "[^/]*", path)), operations)
            for path, operations in document["paths"].items()
        ]
        self._validator = cache(self._compile)

    async def check(self, answer: httpx.Response) -> None:
        """Let an answer pass that is as described, to a request that is so if it was granted.

        Raises:
            AssertionError: It is not.
        """
        await answer.aread()
        request = answer.request
        place = f"{request.method} {request.url.path}: {answer.status_code}"
        operation = self._operation(request)
        if operation is None:
            assert answer.status_code in {404, 405}, place
            self._hold(place, answer.content, "#/components/schemas/Error")
            return
        told = operation["responses"]
        promised = told.get(str(answer.status_code), told["default"])
        assert promised is not told["default"] or answer.status_code >= REFUSED, place
        self._hold_content(place, answer, promised.get("content"))
        if answer.status_code < REFUSED and "requestBody" in operation:
            for shape in operation["requestBody"]["content"].values():
                if "$ref" in shape["schema"]:
                    self._hold(place, request.content, shape["schema"]["$ref"])

    def _operation(self, request: httpx.Request) -> Mapping[str, Any] | None:
        for pattern, operations in self._paths:
            if pattern.fullmatch(request.url.path):
                found: Mapping[str, Any] | None = operations.get(request.method.lower())
                return found
        return None

    def _hold_content(
        self, place: str, answer: httpx.Response, content: Mapping[str, Any] | None
    ) -> None:
        if content is None:
            assert answer.content == b"", place
            return
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in content, f"{place}: {kind}"
        if "$ref" in content[kind]["schema"]:
            self._hold(place, answer.content, content[kind]["schema"]["$ref"])

    def _hold(self, place: str, body: bytes, reference: str) -> None:
        error = best_match(self._validator(reference).iter_errors(json.loads(body)))
        assert error is None, f"{place}: {error.json_path}: {error.message}"

    def _compile(self, reference: str) -> Draft202012Validator:
        return Draft202012Validator({"$ref": reference, "components": self._components})


@cache
def own_contract() -> Contract:
    """Return what the core promises of itself."""
    with closing(open_database(SETTINGS, inline=True)) as database:
        core = build(
            SETTINGS,
            clock=VirtualClock(),
            ids=SeededIds(7, "core"),
            http=httpx.AsyncClient(),
            database=database,
        )
        routes = [route for route in core.app.routes if isinstance(route, Route)]
    return Contract(describe(routes, GUARDS, PUBLIC))
