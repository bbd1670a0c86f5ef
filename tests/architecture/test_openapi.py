"""The core describes its own endpoints: all of them, no other, and in OpenAPI's own terms."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from core.http.api_shapes import SHAPES
from core.http.api_table import KEEPS_OUT, TOLD
from core.http.app import GUARDS
from core.http.openapi import LOCKS, describe
from tests.core.builders import PUBLIC
from tests.core.contract import Contract
from tests.core.harness import Harness


async def served(harness: Harness) -> dict[str, Any]:
    answer = await harness.request("GET", "/openapi.json")
    document: dict[str, Any] = answer.json()
    return document


async def test_exactly_the_routes_that_are_served_are_described() -> None:
    async with Harness() as harness:
        document = await served(harness)
        routes = {
            (route.path, method.lower())
            for route in harness.core.app.routes
            if isinstance(route, Route)
            for method in route.methods or ()
            if method != "HEAD"
        }
    described = {(path, method) for path, each in document["paths"].items() for method in each}
    assert described == routes
    assert len(TOLD) == len(routes)
    assert document["servers"] == [{"url": PUBLIC}]


async def test_each_operation_says_what_it_does_who_may_ask_and_what_comes() -> None:
    async with Harness() as harness:
        document = await served(harness)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"].endswith((".", ":")), path
            assert operation["security"] == ([{GUARDS[path]: []}] if GUARDS[path] in LOCKS else [])
            named = [each["name"] for each in operation["parameters"] if each["in"] == "path"]
            assert all(f"{{{name}}}" in path for name in named)
            assert len(named) == path.count("{")


def test_a_python_that_leaves_out_what_is_said_of_functions_serves_all_the_same() -> None:
    async def silent(_: Request) -> Response:
        return Response()

    described = describe([Route("/health", silent, methods=["GET"])], GUARDS, PUBLIC)
    assert described["paths"]["/health"]["get"]["summary"] == ""


def test_every_shape_is_a_schema_and_is_used() -> None:
    used = str(TOLD) + str(SHAPES)
    for name, shape in SHAPES.items():
        Draft202012Validator.check_schema(dict(shape))
        assert used.count(f"{name}'") > 1, name


def test_every_guard_says_whom_it_keeps_out() -> None:
    assert set(KEEPS_OUT) == set(GUARDS.values())


@pytest.mark.parametrize("wrong", ["status", "body", "type"])
async def test_an_answer_that_is_not_as_described_is_found_out(wrong: str) -> None:
    async with Harness() as harness:
        contract = Contract(await served(harness))
        answer = await harness.request("GET", "/health")
        await contract.check(answer)
        if wrong == "status":
            answer.status_code = 202
        elif wrong == "body":
            answer._content = b'{"status": "ok", "secret": 1}'
        else:
            answer.headers["content-type"] = "text/html"
        with pytest.raises(AssertionError, match="/health"):
            await contract.check(answer)
