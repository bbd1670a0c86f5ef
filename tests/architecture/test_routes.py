"""Every route of the core says who may knock, and keeps everybody else out."""

import re

import pytest
from starlette.routing import Route

from core.http.app import GUARDS
from tests.core.builders import MIB, OPERATOR
from tests.core.harness import Harness

LOCKED = {
    "hubspot": (401, "bad_signature"),
    "hubspot_fetch": (401, "bad_signature"),
    "link": (401, None),
    "smsmode": (404, "not_found"),
    "operator": (401, "not_operator"),
    "ticket": (400, None),
    "state": (400, None),
}
"""What each guard answers to somebody who proves nothing; browsers are answered with a page."""


def routes(harness: Harness) -> list[Route]:
    return [route for route in harness.core.app.routes if isinstance(route, Route)]


async def test_every_route_names_its_guard_and_every_guard_has_its_route() -> None:
    async with Harness() as harness:
        assert {route.path for route in routes(harness)} == set(GUARDS)
        assert len(routes(harness)) == len(harness.core.app.routes)


async def test_every_route_names_its_methods() -> None:
    async with Harness() as harness:
        assert [route.path for route in routes(harness) if not route.methods] == []


def test_every_guard_is_known_here() -> None:
    assert set(GUARDS.values()) == {*LOCKED, "none"}


@pytest.mark.parametrize("path", [path for path, guard in GUARDS.items() if guard != "none"])
async def test_whoever_proves_nothing_is_kept_out(path: str) -> None:
    status, code = LOCKED[GUARDS[path]]
    async with Harness() as harness:
        await harness.install()
        route = next(route for route in routes(harness) if route.path == path)
        made_up = re.sub(r"\{.*?\}", "1", path)
        for method in sorted((route.methods or set()) - {"HEAD"}):
            answer = await harness.request(method, made_up, content=b"{}")
            assert answer.status_code == status
            if code is not None:
                assert answer.json()["error"]["code"] == code


async def test_every_body_of_a_mebibyte_is_refused_before_it_is_looked_at() -> None:
    given = {"authorization": f"Bearer {OPERATOR}", "x-hubspot-signature-v3": "none"}
    async with Harness() as harness:
        await harness.install()
        rows = await harness.count()
        for route in routes(harness):
            made_up = re.sub(r"\{.*?\}", "1", route.path)
            for method in (route.methods or set()) & {"POST", "PUT", "PATCH"}:
                answer = await harness.request(method, made_up, content=b"a" * MIB, headers=given)
                assert answer.status_code == 413, f"{method} {route.path}: {answer.text}"
                assert "Traceback" not in answer.text
        assert await harness.count() == rows


@pytest.mark.parametrize("path", ["/health", "/ready"])
async def test_what_has_no_guard_tells_nothing(path: str) -> None:
    async with Harness() as harness:
        answer = await harness.request("GET", path)
        assert list(answer.json()) == ["status"]
