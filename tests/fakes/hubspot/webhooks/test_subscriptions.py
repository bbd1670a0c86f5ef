"""Webhooks as developers set them up."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fakes.hubspot.automation.spoiling import spoilt
from tests.fakes.hubspot.webhooks.listening import TARGET, call, listen, move, subscribe, told
from tests.fakes.hubspot.world import World

ROOTS = [
    "/webhooks/v3",
    "/webhooks/2026-03",
    "/app-webhooks/2025-09",
    "/app-webhooks/2026-09",
]


@pytest.mark.parametrize("root", ROOTS)
async def test_settings_and_subscriptions_live_on_every_edition(world: World, root: str) -> None:
    assert (await call(world, "GET", "/settings", root=root)).status_code == 404
    body = {"targetUrl": TARGET, "throttling": {"maxConcurrentRequests": 12}}
    assert (await call(world, "PUT", "/settings", body, root)).json()["targetUrl"] == TARGET
    made = await call(world, "POST", "/subscriptions", {"eventType": "contact.creation"}, root)
    assert (made.status_code, made.json()["active"]) == (201, False)
    one = f"/subscriptions/{made.json()['id']}"
    assert (await call(world, "PATCH", one, {"active": True}, root)).json()["active"] is True
    assert (await call(world, "GET", one, root=root)).json()["eventType"] == "contact.creation"
    assert len((await call(world, "GET", "/subscriptions", root=root)).json()["results"]) == 1
    assert (await call(world, "DELETE", one, root=root)).status_code == 204
    assert (await call(world, "GET", one, root=root)).status_code == 404
    assert (await call(world, "DELETE", "/settings", root=root)).status_code == 204


async def test_a_batch_switches_those_that_are_there(world: World) -> None:
    number = await subscribe(world, "contact.creation")
    inputs = [{"id": number, "active": False}, {"id": "1", "active": False}]
    answer = await call(world, "POST", "/subscriptions/batch/update", {"inputs": inputs})
    assert (answer.status_code, answer.json()["numErrors"]) == (207, 1)
    assert answer.json()["results"][0]["active"] is False
    answer = await call(world, "POST", "/subscriptions/batch/update", {"inputs": inputs[:1]})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"eventType": "contact.birthday"},
        {"eventType": "contact.propertyChange"},
        {"eventType": "contact.propertyChange", "propertyName": "hs_lastmodifieddate"},
    ],
)
async def test_what_cannot_be_subscribed_to_is_refused(world: World, body: Any) -> None:
    assert (await call(world, "POST", "/subscriptions", body)).status_code == 400


async def test_an_accounts_token_cannot_set_up_webhooks(installed: World) -> None:
    answer = await installed.api.get(f"/webhooks/v3/{installed.app.id}/settings")
    assert answer.status_code == 401


async def test_a_new_address_is_used_when_the_cache_forgets_the_former(
    listening: World,
) -> None:
    contact = await listening.contact(email="a@x.fr")
    await listen(listening, "https://app.example/elsewhere")
    await move(listening, contact, "Lyon")
    await listening.clock.advance(timedelta(minutes=5))
    await move(listening, contact, "Nice")
    await listening.clock.run_due()
    paths = [request.url.path for request, _ in listening.backend.asked]
    assert paths == ["/hubspot/webhooks", "/elsewhere"]
    assert len(told(listening)) == 2


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    subscription=spoilt({"eventType": "contact.creation", "propertyName": "x", "active": True}),
    target=spoilt({"targetUrl": TARGET, "throttling": {"maxConcurrentRequests": 10}}),
    batch=spoilt({"inputs": [{"id": "4500001", "active": True}]}),
)
async def test_any_body_is_taken_or_refused(
    world: World, subscription: Any, target: Any, batch: Any
) -> None:
    for method, path, body in [
        ("POST", "/subscriptions", subscription),
        ("PUT", "/settings", target),
        ("POST", "/subscriptions/batch/update", batch),
        ("PATCH", "/subscriptions/4500001", subscription),
    ]:
        assert (await call(world, method, path, _finite(body))).status_code < 500


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) else value
