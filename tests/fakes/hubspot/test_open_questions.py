"""What HubSpot does not say: each choice is obeyed, beside the default that other tests hold."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from fakes.hubspot.choices import (
    ArchivedProperty,
    ContactIds,
    EmptyProperty,
    OddName,
    SentFields,
    TakenFor,
    Unwelcome,
)
from fakes.hubspot.settings import Settings
from fakes.kit.outbound import Outbound
from tests.fakes.hubspot.world import World

CONTACTS = "/crm/v3/objects/contacts"
PROPERTIES = "/crm/v3/properties/contacts"
BLOCK = {"outputFields": {"hs_execution_state": "BLOCK"}}


def definition(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": "Score",
        "groupName": "contactinformation",
        "type": "string",
        "fieldType": "text",
    }


async def started(settings: Settings, reply: object) -> World:
    """Return a world whose action has answered ``reply`` for one contact."""
    world = World(settings)
    await world.install()
    await world.publish_flow(await world.define_action())
    world.backend.replies = [(200, reply)]
    await world.contact(firstname="Ada", city="Lyon")
    await world.clock.run_due()
    return world


@pytest.mark.parametrize(("choice", "status"), [("restored", 201), ("taken", 409)])
async def test_a_deleted_propertys_name_brings_it_back_or_is_taken(
    choice: str, status: int
) -> None:
    async with World(Settings(archived_property=ArchivedProperty(choice))) as world:
        await world.install()
        assert (await world.api.post(PROPERTIES, json=definition("score"))).status_code == 201
        await world.api.delete(f"{PROPERTIES}/score")
        assert (await world.api.post(PROPERTIES, json=definition("score"))).status_code == status


@pytest.mark.parametrize(("choice", "status"), [("refused", 400), ("mended", 201)])
async def test_an_odd_property_name_is_refused_or_mended(choice: str, status: int) -> None:
    async with World(Settings(odd_property_name=OddName(choice))) as world:
        await world.install()
        answer = await world.api.post(PROPERTIES, json=definition("Score du Mois"))
        assert answer.status_code == status
        mended = (await world.api.get(f"{PROPERTIES}/score_du_mois")).status_code
        assert mended == (200 if status == 201 else 404)


@pytest.mark.parametrize(("choice", "shown"), [("null", {"phone": None}), ("omitted", {})])
async def test_a_property_without_a_value_is_null_or_left_out(
    choice: str, shown: dict[str, None]
) -> None:
    async with World(Settings(empty_property=EmptyProperty(choice))) as world:
        await world.install()
        contact = await world.contact(firstname="Ada")
        query = {"properties": "firstname,phone"}
        one = (await world.api.get(f"{CONTACTS}/{contact}", params=query)).json()
        [listed] = (await world.api.get(CONTACTS, params=query)).json()["results"]
        asked = {"properties": ["firstname", "phone"]}
        found = (await world.api.post(f"{CONTACTS}/search", json=asked)).json()["results"][0]
        batch = {**asked, "inputs": [{"id": contact}]}
        read = (await world.api.post(f"{CONTACTS}/batch/read", json=batch)).json()["results"][0]
        for record in (one, listed, found, read):
            held = record["properties"]
            assert held["firstname"] == "Ada"
            assert {name: held[name] for name in held if name == "phone"} == shown


@pytest.mark.parametrize(("choice", "refused"), [("refused", True), ("ignored", False)])
async def test_writing_the_marketing_status_is_refused_or_does_nothing(
    choice: str, *, refused: bool
) -> None:
    async with World(Settings(marketing_writes=Unwelcome(choice))) as world:
        await world.install()
        written = {"firstname": "Ada", "hs_marketable_status": "true"}
        made = await world.api.post(CONTACTS, json={"properties": written})
        contact = await world.contact(firstname="Bob")
        changed = await world.api.patch(f"{CONTACTS}/{contact}", json={"properties": written})
        inputs = {"inputs": [{"id": contact, "properties": written}]}
        batch = await world.api.post(f"{CONTACTS}/batch/update", json=inputs)
        for answer in (made, changed, batch):
            assert (answer.status_code == 400) is refused
            assert ("READ_ONLY_VALUE" in answer.text) is refused
        if not refused:
            assert made.json()["properties"]["hs_marketable_status"] == "false"
            assert changed.json()["properties"]["firstname"] == "Ada"


@pytest.mark.parametrize(("choice", "least"), [("large", 2**31), ("small", 1)])
async def test_contacts_are_numbered_above_32_bits_or_from_one(choice: str, least: int) -> None:
    async with World(Settings(contact_ids=ContactIds(choice))) as world:
        await world.install()
        number = int(await world.contact(firstname="Ada"))
        assert (number > least) if choice == "large" else (number == least)
        assert world.portal.id < 2**31


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("both", {"fields", "inputFields"}),
        ("fields", {"fields"}),
        ("inputFields", {"inputFields"}),
    ],
)
async def test_executions_carry_their_inputs_under_the_names_chosen(
    choice: str, names: set[str]
) -> None:
    async with await started(Settings(sent_fields=SentFields(choice)), {}) as world:
        [body] = world.backend.bodies()
        assert names == body.keys() & {"fields", "inputFields"}
        assert all(body[name]["texte"] == "Bonjour Ada Lyon!" for name in names)


@pytest.mark.parametrize(("choice", "state"), [("success", "succeeded"), ("failure", "failed")])
async def test_an_answer_that_is_not_json_is_taken_for_one_or_the_other(
    choice: str, state: str
) -> None:
    settings = Settings(action_without_json=TakenFor(choice))
    async with await started(settings, b"<html>ok</html>") as world:
        assert (await world.only_step())["state"] == state
    async with await started(settings, b"") as world:
        assert (await world.only_step())["state"] == "succeeded"


@pytest.mark.parametrize(("choice", "state"), [("success", "succeeded"), ("failure", "failed")])
async def test_a_state_that_is_not_hubspots_is_taken_for_one_or_the_other(
    choice: str, state: str
) -> None:
    settings = Settings(action_unknown_state=TakenFor(choice))
    unknown = {"outputFields": {"hs_execution_state": "PERHAPS"}}
    async with await started(settings, unknown) as world:
        step = await world.only_step()
        assert step["state"] == state
        assert step["message"] == f"Unknown hs_execution_state 'PERHAPS', taken for {choice}"


@pytest.mark.parametrize(("choice", "status"), [("refused", 404), ("ignored", 204)])
async def test_a_late_completion_is_refused_or_does_nothing(choice: str, status: int) -> None:
    settings = Settings(late_completion=Unwelcome(choice))
    async with await started(settings, BLOCK) as world:
        callback = (await world.only_step())["callbackId"]
        where = f"/automation/v4/actions/callbacks/{callback}/complete"
        for state, expected in (("SUCCESS", 204), ("FAIL_CONTINUE", status)):
            told = {"outputFields": {"hs_execution_state": state}}
            assert (await world.api.post(where, json=told)).status_code == expected
        batch = {"inputs": [{"callbackId": callback, "outputFields": {}}]}
        many = await world.api.post("/automation/v4/actions/callbacks/complete", json=batch)
        assert many.status_code == status
        assert (await world.only_step())["state"] == "succeeded"


@pytest.mark.parametrize("chosen", [timedelta(seconds=3), timedelta(seconds=1)])
async def test_an_address_has_three_seconds_to_be_connected_to_or_as_chosen(
    chosen: timedelta,
) -> None:
    waited: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        waited.append(request.extensions["timeout"]["connect"])
        return httpx.Response(200)

    async with World(Settings(connect_timeout=chosen)) as world:
        way = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        world.hubspot.hub.outbound = Outbound(way, lambda _: True)
        await world.install()
        await world.publish_flow(await world.define_action())
        await world.contact(firstname="Ada", city="Lyon")
        await world.clock.run_due()
        await way.aclose()
    assert waited == [chosen.total_seconds()]
    assert Settings().connect_timeout == timedelta(seconds=3)
