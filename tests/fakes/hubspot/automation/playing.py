"""What the tests of the engine do to a world, and look at in it."""

from typing import Any

from fakes.hubspot.crm import membership
from fakes.hubspot.crm.records import Channel, Source
from tests.fakes.hubspot.automation.bodies import (
    any_of,
    branch,
    flow,
    is_any_of,
    trigger,
)
from tests.fakes.hubspot.world import World

FLOWS = "/automation/v4/flows"
IN_LYON = any_of(branch(is_any_of("city", "Lyon")))
BY_UI = Source(channel=Channel.UI)


async def publish(world: World, *actions: dict[str, Any], **rest: Any) -> str:
    body = flow(*actions, **{"enrollmentCriteria": trigger(IN_LYON), **rest})
    answer = await world.api.post(FLOWS, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def change(world: World, contact: str, **properties: str) -> None:
    path = f"/crm/v3/objects/contacts/{contact}"
    answer = await world.api.patch(path, json={"properties": properties})
    assert answer.status_code == 200, answer.text
    await world.clock.run_due()


async def held(world: World, contact: str, name: str) -> str:
    path = f"/_control/hubspot/portals/{world.portal.id}/contacts/{contact}"
    return str((await world.api.get(path)).json()["properties"][name])


async def last(world: World) -> Any:
    return (await world.enrollments())[-1]


async def new_list(world: World) -> Any:
    portal = world.hubspot.hub.portal(world.portal.id)
    return membership.create_list(world.hubspot.hub, portal, "Exclus")


def joins(world: World, to: Any, contact: str) -> None:
    portal = world.hubspot.hub.portal(world.portal.id)
    membership.join(world.hubspot.hub, portal, to, [int(contact)], BY_UI)
