"""Setting up webhooks, and reading what they told."""

from itertools import chain
from typing import Any

import httpx

from tests.fakes.hubspot.world import World

TARGET = "https://app.example/hubspot/webhooks"


async def call(
    world: World, method: str, path: str, body: Any = None, root: str = "/webhooks/v3"
) -> httpx.Response:
    return await world.api.request(
        method,
        f"{root}/{world.app.id}{path}",
        params={"hapikey": world.app.developer_key},
        json=body,
    )


async def listen(world: World, url: str = TARGET) -> None:
    body = {"targetUrl": url, "throttling": {"maxConcurrentRequests": 10}}
    assert (await call(world, "PUT", "/settings", body)).status_code == 200


async def subscribe(
    world: World, kind: str, name: str | None = None, *, active: bool = True
) -> str:
    body = {"eventType": kind, "propertyName": name, "active": active}
    answer = await call(world, "POST", "/subscriptions", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def move(world: World, contact: str, city: str) -> None:
    path = f"/_control/hubspot/portals/{world.portal.id}/contacts/{contact}"
    answer = await world.api.patch(path, json={"properties": {"city": city}})
    assert answer.status_code == 200, answer.text


def told(world: World) -> list[Any]:
    """Return the events of every request, in the order in which they came."""
    return list(chain.from_iterable(world.backend.bodies()))
