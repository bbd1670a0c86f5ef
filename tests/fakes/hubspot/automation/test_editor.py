"""What people do in the workflow editor, and the functions that developers keep there."""

from typing import Any

import httpx
import pytest

from tests.fakes.hubspot.bodies import definition, success
from tests.fakes.hubspot.world import World

OPTIONS_URL = "https://app.example/hubspot/options"


@pytest.fixture
async def offering(installed: World) -> World:
    """Return a world with the action 259000001, whose field ``modele`` the app fills."""
    fields = [
        *definition()["inputFields"],
        {
            "typeDefinition": {
                "name": "modele",
                "type": "enumeration",
                "fieldType": "select",
                "optionsUrl": OPTIONS_URL,
            },
            "supportedValueTypes": ["STATIC_VALUE"],
        },
    ]
    assert await installed.define_action(inputFields=fields) == "259000001"
    return installed


async def gesture(world: World, what: str, body: dict[str, Any]) -> httpx.Response:
    root = f"/_control/hubspot/portals/{world.portal.id}/actions/259000001"
    return await world.api.post(f"{root}/{what}", json=body)


async def develop(
    world: World, method: str, path: str, content: str = "", kind: str = "text/plain"
) -> httpx.Response:
    return await world.api.request(
        method,
        f"/automation/v4/actions/{world.app.id}/259000001{path}",
        params={"hapikey": world.app.developer_key},
        content=content,
        headers={"content-type": kind},
    )


async def test_opening_a_field_asks_the_app_for_its_choices(offering: World) -> None:
    choices = {"options": [{"label": "Promo", "value": "p"}], "after": "2", "searchable": True}
    sent = {**choices, "options": [{"label": "Promo", "value": "p", "icon": "star"}]}
    offering.backend.replies = [(200, sent)]
    others = {"type_envoi": {"type": "STATIC_VALUE", "value": "promo"}}
    answer = await gesture(offering, "options", {"field": "modele", "inputFields": others})
    assert answer.json() == {**choices, "status": 200, "message": ""}
    [asked] = offering.backend.bodies()
    assert (asked["inputFieldName"], asked["fetchOptions"]) == ("modele", {})
    assert asked["inputFields"] == others
    assert asked["fields"]["type_envoi"]["fieldValue"]["value"] == "promo"
    assert asked["origin"]["actionDefinitionVersion"] == 1
    assert offering.backend.asked[0][0].headers["x-hubspot-signature-version"] == "v2"


async def test_searching_and_paging_go_to_the_app(offering: World) -> None:
    offering.backend.replies = [(200, {"options": []})]
    await gesture(offering, "options", {"field": "modele", "q": "pro", "after": "2"})
    assert offering.backend.bodies()[0]["fetchOptions"] == {"q": "pro", "after": "2"}


@pytest.mark.parametrize(
    "reply", [(500, b""), (200, b"no"), (200, {"options": {}}), (200, {"options": [{"label": 1}]})]
)
async def test_choices_that_cannot_be_read_are_said_to_be_so(
    offering: World, reply: tuple[int, object]
) -> None:
    offering.backend.replies = [reply]
    shown = (await gesture(offering, "options", {"field": "modele"})).json()
    assert (shown["options"], shown["status"]) == ([], reply[0])
    assert shown["message"]


async def test_a_field_of_fixed_choices_asks_nobody(offering: World) -> None:
    assert (await gesture(offering, "options", {"field": "type_envoi"})).status_code == 400
    assert offering.backend.asked == []


async def test_the_test_button_runs_an_action_outside_any_flow(offering: World) -> None:
    contact = await offering.contact(firstname="Ada", city="Lyon")
    fields = {"texte": "Bonjour {{ enrolled_object.firstname }}"}
    answer = await gesture(offering, "test", {"contactId": contact, "fields": fields})
    assert answer.json()["state"] == "succeeded"
    [asked] = offering.backend.bodies()
    assert asked["inputFields"] == {"texte": "Bonjour Ada"}
    assert asked["origin"]["actionDefinitionVersion"] == 0
    assert asked["origin"]["actionExecutionIndexIdentifier"] is None
    assert "context" not in asked
    assert len(asked["callbackId"]) == 36


async def test_a_test_that_blocks_can_be_completed_once(offering: World) -> None:
    contact = await offering.contact(firstname="Ada", city="Lyon")
    offering.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})]
    step = (await gesture(offering, "test", {"contactId": contact})).json()
    path = f"/automation/v4/actions/callbacks/{step['callbackId']}/complete"
    assert (await offering.api.post(path, json=success())).status_code == 204
    assert (await offering.api.post(path, json=success())).status_code == 404


async def test_functions_are_kept_by_type_and_field(offering: World) -> None:
    path = "/functions/PRE_FETCH_OPTIONS/modele"
    written = await develop(offering, "PUT", path, "exports.main = 1")
    assert written.json() == {
        "functionType": "PRE_FETCH_OPTIONS",
        "id": "modele",
        "functionSource": "exports.main = 1",
    }
    listed = (await develop(offering, "GET", "/functions")).json()["results"]
    assert listed == [{"functionType": "PRE_FETCH_OPTIONS", "id": "modele"}]
    assert (await develop(offering, "GET", "")).json()["functions"] == listed
    assert (await develop(offering, "DELETE", path)).status_code == 204
    assert (await develop(offering, "GET", path)).status_code == 404


async def test_a_function_is_plain_text_of_a_known_type(offering: World) -> None:
    path = "/functions/POST_ACTION_EXECUTION"
    assert (await develop(offering, "PUT", path, "x", "application/json")).status_code == 415
    assert (await develop(offering, "PUT", "/functions/AFTERWARDS", "x")).status_code == 400


async def test_whether_an_action_needs_a_record_is_kept(offering: World) -> None:
    assert (await develop(offering, "GET", "/requires-object")).json() is False
    body, kind = '{"requiresObject":true}', "application/json"
    assert (await develop(offering, "POST", "/requires-object", body, kind)).status_code == 204
    assert (await develop(offering, "GET", "/requires-object")).json() is True
