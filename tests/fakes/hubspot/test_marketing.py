"""Marketing contacts: who makes them so, and when they cease to be."""

from datetime import timedelta
from typing import Any

import pytest

from fakes.hubspot.choices import MarketingEnds
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import World, at

TOLD = ("status", "until_renewal")


async def test_a_person_makes_a_contact_a_marketing_contact(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    answer = await installed.api.post(
        at(installed, f"/contacts/{contact}/marketing"), json={"value": True}
    )
    assert answer.json()["properties"]["hs_marketable_status"] == "true"


async def test_a_marketing_contact_ceases_to_be_one_when_the_next_month_begins(
    installed: World,
) -> None:
    contact = await installed.contact(email="a@x.fr")

    async def after(wait: timedelta = timedelta(), *, value: bool | None = None) -> Any:
        if value is not None:
            where = at(installed, f"/contacts/{contact}/marketing")
            await installed.api.post(where, json={"value": value})
        await installed.clock.advance(wait)
        held = (await installed.api.get(at(installed, f"/contacts/{contact}"))).json()
        return tuple(held["properties"][f"hs_marketable_{name}"] for name in TOLD)

    assert await after(value=True) == ("true", "false")
    assert await after(value=False) == ("true", "true")
    assert await after(timedelta(days=8), value=True) == ("true", "false")
    assert await after(timedelta(days=20), value=False) == ("true", "true")
    assert await after(timedelta(days=20)) == ("false", "false")


async def test_a_marketing_contact_may_cease_to_be_one_at_once() -> None:
    async with World(Settings(marketing_ends=MarketingEnds.AT_ONCE)) as world:
        await world.install()
        contact = await world.contact(email="a@x.fr")
        where = at(world, f"/contacts/{contact}/marketing")
        for value, status in ((True, "true"), (False, "false")):
            answer = await world.api.post(where, json={"value": value})
            assert answer.json()["properties"]["hs_marketable_status"] == status


@pytest.mark.parametrize(
    ("kind", "ending", "reason"),
    [("MARKETABLE", "false", "WORKFLOW"), ("NON_MARKETABLE", "true", "USER_SET")],
)
async def test_a_workflow_changes_the_marketing_status(
    installed: World, kind: str, ending: str, reason: str
) -> None:
    action = {
        "type": "SINGLE_CONNECTION",
        "actionId": "1",
        "actionTypeId": "0-31",
        "actionTypeVersion": 0,
        "fields": {"marketableType": kind},
    }
    await installed.publish_flow("1", actions=[action])
    contact = await installed.contact(firstname="Ada")
    where = at(installed, f"/contacts/{contact}")
    if kind == "NON_MARKETABLE":
        await installed.api.post(f"{where}/marketing", json={"value": True})
    await installed.api.patch(where, json={"properties": {"city": "Lyon"}})
    await installed.clock.run_due()
    held = (await installed.api.get(where)).json()["properties"]
    assert held["hs_marketable_status"] == "true"
    assert held["hs_marketable_until_renewal"] == ending
    assert held["hs_marketable_reason_type"] == reason


async def test_contacts_that_a_marketing_app_makes_are_marketing_contacts(
    installed: World,
) -> None:
    where = at(installed, f"/connected-apps/{installed.app.id}/marketing")
    for value, status in ((True, "true"), (False, "false")):
        assert (await installed.api.post(where, json={"value": value})).status_code == 200
        made = {"properties": {"email": f"{status}@x.fr"}}
        held = (await installed.api.post("/crm/v3/objects/contacts", json=made)).json()
        assert held["properties"]["hs_marketable_status"] == status
