"""Workflows: writing them, who enters, and what HubSpot's own actions do."""

from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.hubspot.bodies import flow, triggered_by
from tests.fakes.hubspot.world import World

FLOWS = "/automation/v4/flows"
CONTACTS = "/crm/v3/objects/contacts"


def control(world: World, path: str) -> str:
    return f"/_control/hubspot/portals/{world.portal.id}{path}"


@pytest.mark.parametrize("root", [FLOWS, "/automation/2026-09-beta/flows"])
async def test_a_flow_is_written_listed_replaced_and_deleted(installed: World, root: str) -> None:
    api = installed.api
    made = (await api.post(root, json=flow(await installed.define_action()))).json()
    listed = (await api.get(root)).json()["results"]
    assert [line["id"] for line in listed] == [made["id"]]
    changed = await api.put(f"{root}/{made['id']}", json={**made, "name": "Autre"})
    assert (changed.json()["name"], changed.json()["revisionId"]) == ("Autre", "2")
    assert (await api.delete(f"{root}/{made['id']}")).status_code == 204
    assert (await api.get(f"{root}/{made['id']}")).status_code == 404


async def test_a_stale_revision_is_a_conflict(installed: World) -> None:
    made = await installed.publish_flow(await installed.define_action())
    body = {**flow("1"), "revisionId": "9"}
    assert (await installed.api.put(f"{FLOWS}/{made}", json=body)).status_code == 409


async def test_an_unpublished_flow_enrols_nobody(installed: World) -> None:
    await installed.publish_flow(await installed.define_action(), isEnabled=False)
    await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    assert await installed.enrollments() == []


async def test_a_contact_that_does_not_match_is_left_alone(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    await installed.contact(firstname="Ada", city="Paris")
    await installed.contact(firstname="Bob")
    assert await installed.enrollments() == []


async def test_a_contact_enters_when_it_comes_to_match(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    contact = await installed.contact(firstname="Ada", city="Paris")
    await installed.api.patch(f"{CONTACTS}/{contact}", json={"properties": {"city": "Nice"}})
    assert [e["contactId"] for e in await installed.enrollments()] == [contact]


async def move(world: World, contact: str, *cities: str) -> None:
    for city in cities:
        body = {"properties": {"city": city}}
        await world.api.patch(f"{CONTACTS}/{contact}", json=body)
        await world.clock.run_due()


@pytest.mark.parametrize(
    ("again", "cities", "entries"),
    [
        (False, ["Paris", "Lyon"], 1),
        (True, ["Paris", "Lyon"], 2),
        (True, ["Nice"], 1),
        (True, ["Nice", "Paris", "Nice"], 2),
    ],
)
async def test_reenrolment_needs_the_setting_and_a_new_match(
    installed: World, again: bool, cities: list[str], entries: int
) -> None:
    criteria = triggered_by("city", "Lyon", "Nice", again=again)
    await installed.publish_flow(await installed.define_action(), enrollmentCriteria=criteria)
    contact = await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    await move(installed, contact, *cities)
    assert len(await installed.enrollments()) == entries


async def test_nobody_enters_twice_at_once(installed: World) -> None:
    criteria = triggered_by("city", "Lyon", again=True)
    await installed.publish_flow(await installed.define_action(), enrollmentCriteria=criteria)
    installed.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})]
    contact = await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    await move(installed, contact, "Paris", "Lyon")
    assert len(await installed.enrollments()) == 1


async def test_is_known_lets_in_again_at_every_change(installed: World) -> None:
    criteria = triggered_by("city", again=True)
    leaf = criteria["listFilterBranch"]["filterBranches"][0]["filters"][0]
    leaf["operation"] = {"operationType": "ALL_PROPERTY", "operator": "IS_KNOWN"}
    await installed.publish_flow(await installed.define_action(), enrollmentCriteria=criteria)
    contact = await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    await move(installed, contact, "Nice", "Paris")
    assert len(await installed.enrollments()) == 3


@pytest.mark.parametrize(
    ("operation", "enters"),
    [
        ({"operator": "IS_EQUAL_TO", "value": "lyon"}, True),
        ({"operator": "IS_NOT_EQUAL_TO", "value": "Lyon"}, False),
        ({"operator": "CONTAINS", "value": "YO"}, True),
        ({"operator": "DOES_NOT_CONTAIN", "values": ["YO"]}, False),
        ({"operator": "STARTS_WITH", "value": "ly"}, True),
        ({"operator": "ENDS_WITH", "value": "ly"}, False),
        ({"operator": "IS_NONE_OF", "values": ["Nice"]}, True),
        ({"operator": "IS_UNKNOWN"}, False),
        ({"operator": "IS_GREATER_THAN", "value": "K"}, True),
        ({"operator": "IS_LESS_THAN_OR_EQUAL_TO", "value": "K"}, False),
    ],
)
async def test_each_operator_decides_who_enters(
    installed: World, operation: dict[str, Any], enters: bool
) -> None:
    criteria = triggered_by("city")
    criteria["listFilterBranch"]["filterBranches"][0]["filters"][0]["operation"] = operation
    await installed.publish_flow(await installed.define_action(), enrollmentCriteria=criteria)
    await installed.contact(firstname="Ada", city="Lyon")
    assert bool(await installed.enrollments()) is enters


@pytest.mark.parametrize(
    "changed",
    [
        {"enrollmentCriteria": {"type": "MAGIC"}},
        {"startActionId": "9"},
        {
            "enrollmentCriteria": {
                "type": "LIST_BASED",
                "listFilterBranch": {"filters": [{"filterType": "MOON"}]},
            }
        },
    ],
)
async def test_a_flow_that_does_not_hold_is_refused(
    installed: World, changed: dict[str, Any]
) -> None:
    answer = await installed.api.post(FLOWS, json={**flow("1"), **changed})
    assert answer.status_code == 400


async def test_a_delay_and_a_property_come_before_the_action(installed: World) -> None:
    definition = await installed.define_action()
    [action] = flow(definition)["actions"]
    actions = [
        {
            "type": "SINGLE_CONNECTION",
            "actionId": "1",
            "actionTypeId": "0-1",
            "fields": {"delta": "60", "time_unit": "MINUTES"},
            "connection": {"edgeType": "STANDARD", "nextActionId": "2"},
        },
        {
            "type": "SINGLE_CONNECTION",
            "actionId": "2",
            "actionTypeId": "0-5",
            "fields": {"property_name": "firstname", "value": {"staticValue": "Grace"}},
            "connection": {"edgeType": "STANDARD", "nextActionId": "3"},
        },
        {**action, "actionId": "3"},
    ]
    await installed.publish_flow(definition, actions=actions)
    await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.advance(timedelta(minutes=59))
    assert installed.backend.asked == []
    await installed.clock.advance(timedelta(minutes=1))
    assert installed.backend.bodies()[0]["inputFields"]["texte"] == "Bonjour Grace Lyon!"


async def test_an_action_that_the_fake_does_not_run_is_passed_over(installed: World) -> None:
    action = {"type": "SINGLE_CONNECTION", "actionId": "1", "actionTypeId": "0-4"}
    await installed.publish_flow("1", actions=[action])
    await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    assert (await installed.only_step())["state"] == "skipped"


async def test_turning_a_flow_off_lets_everybody_out(installed: World) -> None:
    number = await installed.publish_flow(await installed.define_action())
    installed.backend.replies = [(500, b"")]
    await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    await installed.api.post(control(installed, f"/flows/{number}/enabled"), json={"value": False})
    await installed.clock.advance(timedelta(days=4))
    assert len(installed.backend.asked) == 1
    assert (await installed.enrollments())[0]["state"] == "unenrolled"


async def test_publishing_enrols_those_who_match_already_only_when_asked(
    installed: World,
) -> None:
    number = await installed.publish_flow(await installed.define_action(), isEnabled=False)
    await installed.contact(firstname="Ada", city="Lyon")
    switch = control(installed, f"/flows/{number}/enabled")
    await installed.api.post(switch, json={"value": True})
    assert await installed.enrollments() == []
    await installed.api.post(switch, json={"value": True, "enrollExisting": True})
    assert len(await installed.enrollments()) == 1


async def test_a_person_may_enrol_a_contact_by_hand(installed: World) -> None:
    number = await installed.publish_flow(await installed.define_action())
    contact = await installed.contact(firstname="Ada", city="Paris")
    answer = await installed.api.post(
        control(installed, f"/flows/{number}/enroll"), json={"contactId": contact}
    )
    assert answer.status_code == 201
    await installed.clock.run_due()
    assert len(installed.backend.asked) == 1


async def test_a_deleted_contact_leaves_its_flows(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    contact = await installed.contact(firstname="Ada", city="Lyon")
    await installed.api.delete(f"{CONTACTS}/{contact}")
    await installed.clock.run_due()
    assert installed.backend.asked == []
    assert (await installed.enrollments())[0]["state"] == "unenrolled"
