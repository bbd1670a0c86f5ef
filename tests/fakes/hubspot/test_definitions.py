"""Custom actions as developers define them."""

from typing import Any

import pytest

from tests.fakes.hubspot.bodies import definition
from tests.fakes.hubspot.world import World


def address(world: World, edition: str = "v4") -> str:
    root = "/automation/v4/actions" if edition == "v4" else "/automation/actions/2026-03"
    return f"{root}/{world.app.id}"


def key(world: World) -> dict[str, str]:
    return {"hapikey": world.app.developer_key}


@pytest.mark.parametrize("edition", ["v4", "2026-03"])
async def test_each_change_is_a_revision(world: World, edition: str) -> None:
    made = await world.api.post(address(world, edition), params=key(world), json=definition())
    assert (made.status_code, made.json()["revisionId"]) == (201, "1")
    one = f"{address(world, edition)}/{made.json()['id']}"
    changed = await world.api.patch(one, params=key(world), json={"published": False})
    assert (changed.json()["revisionId"], changed.json()["published"]) == ("2", False)
    first = await world.api.get(f"{one}/revisions/1", params=key(world))
    assert first.json()["definition"]["published"] is True
    assert len((await world.api.get(f"{one}/revisions", params=key(world))).json()["results"]) == 2


async def test_a_deleted_definition_is_listed_among_the_archived_only(world: World) -> None:
    one = f"{address(world)}/{await world.define_action()}"
    assert (await world.api.delete(one, params=key(world))).status_code == 204
    assert (await world.api.get(one, params=key(world))).status_code == 404
    living = await world.api.get(address(world), params=key(world))
    archived = await world.api.get(address(world), params={**key(world), "archived": "true"})
    assert (len(living.json()["results"]), len(archived.json()["results"])) == (0, 1)


async def test_only_the_developer_may_define(installed: World) -> None:
    assert (await installed.api.get(address(installed))).status_code == 401
    wrong = await installed.api.get(address(installed), params={"hapikey": "wrong"})
    assert wrong.status_code == 401


async def test_a_put_is_a_wrong_method(world: World) -> None:
    one = f"{address(world)}/{await world.define_action()}"
    assert (await world.api.put(one, params=key(world), json={})).status_code == 405


@pytest.mark.parametrize(
    "changed",
    [
        {"actionUrl": None},
        {"labels": {}},
        {"labels": {"fr": {"actionName": "Envoyer"}}},
        {"labels": {"en": {"actionName": ""}}},
        {"labels": {"en": {"actionName": "Send", "inputFieldLabels": {"nothing": "?"}}}},
        {"labels": {"en": {"actionName": "Send"}, "xx": {"actionName": "?"}}},
        {"labels": {"en": {"actionName": "Send"}}},
        {"inputFieldDependencies": [{"dependencyType": "OTHER"}]},
        {
            "inputFieldDependencies": [
                {"dependencyType": "SINGLE_FIELD", "controllingFieldName": "nothing"}
            ]
        },
        {
            "inputFieldDependencies": [
                {
                    "dependencyType": "CONDITIONAL_SINGLE_FIELD",
                    "controllingFieldName": "type_envoi",
                    "dependentFieldNames": ["texte"],
                }
            ]
        },
        {"inputFields": [{"typeDefinition": {"name": "x", "type": "colour"}}]},
        {"inputFields": [{"typeDefinition": {"name": "x", "type": "string", "fieldType": "box"}}]},
        {"inputFields": [{"typeDefinition": {"name": "x", "type": "enumeration"}}]},
        {
            "inputFields": [
                {
                    "typeDefinition": {"name": "x", "type": "string"},
                    "supportedValueTypes": ["MAGIC"],
                }
            ]
        },
    ],
)
async def test_a_definition_that_does_not_hold_is_refused(
    world: World, changed: dict[str, Any]
) -> None:
    answer = await world.api.post(
        address(world), params=key(world), json={**definition(), **changed}
    )
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"
