"""Each route is asked once for what it does, and its answer held against its schema."""

from collections.abc import Mapping
from typing import Any

import pytest

from fakes.kit.routing import Route
from fakes.smsmode.party import Party
from fakes.smsmode.table import TABLE, VENDORS
from tests.fakes.smsmode.conftest import request
from tests.fakes.smsmode.furnished import CAMPAIGN, CHANNEL, KEY, MESSAGE, ORGANISATION, Furnished

CONTROL = "/_control/smsmode"
BODIES: Mapping[tuple[str, str], Any] = {
    ("POST", "messages"): MESSAGE,
    ("PATCH", "messages"): {"refClient": "two-2"},
    ("POST", "campaigns"): CAMPAIGN,
    ("PATCH", "campaigns"): {"refClient": "two-2"},
    ("POST", "organisations"): ORGANISATION,
    ("PATCH", "organisations"): ORGANISATION,
    ("POST", "channels"): CHANNEL,
    ("PATCH", "channels"): {"name": "Newer"},
    ("POST", "credentials"): KEY,
    ("PATCH", "credentials"): KEY,
    ("POST", "transfers"): {"amount": 1},
    ("POST", f"{CONTROL}/organisations"): {"name": "New", "balance": "12.50"},
    ("PUT", "balance"): {"amount": "12.50"},
    ("POST", "keys"): {"name": "New"},
    ("PATCH", "phones"): {"fate": "expired"},
    ("POST", "reply"): {"text": "STOP"},
    ("PATCH", "settings"): {"short_code": "36111"},
    ("PATCH", "valve"): {"drops": 1},
    ("POST", "clock"): {"advance_seconds": 60},
    ("POST", "release"): {"order": "newest-first"},
}
"""What is sent, by the method and the whole path, or its last word that is no id."""
ANSWERING = [route for route in TABLE.routes if route.answers and route.is_built]


def body_of(route: Route[Party], below: str) -> Any:
    last = [word for word in route.path.split("/") if not word.startswith("{")][-1]
    body = BODIES.get((route.method, route.path), BODIES.get((route.method, last)))
    if last != "transfers" or body is None:
        return body
    return {**body, "organisationDestination": {"organisationId": below}}


@pytest.mark.parametrize("route", ANSWERING, ids=lambda route: f"{route.method} {route.path}")
async def test_a_route_answers_what_its_schema_says(route: Route[Party]) -> None:
    async with Furnished() as world:
        body = body_of(route, world.names["below"])
        answer = await world.call(route.method, world.path(route.path), body)
        assert answer.is_success, answer.text
        assert answer.content or answer.status_code == 204


async def test_every_route_of_the_api_wants_a_key() -> None:
    async with Furnished() as world:
        for route in VENDORS:
            path = world.path(route.path)
            refusal = await world.desk.http.request(route.method, path, json=request())
            wanted = 501 if path.startswith("/http/") else 401
            assert refusal.status_code == wanted, path
