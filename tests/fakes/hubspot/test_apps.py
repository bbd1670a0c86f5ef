"""Apps that are set up over the control routes can be corrected, and say what looks wrong."""

from typing import Any

import pytest

from tests.fakes.hubspot.world import CONTROL, REDIRECT, World

APPS = f"{CONTROL}/apps"
MINE: dict[str, Any] = {
    "name": "Mine",
    "redirectUrls": [REDIRECT],
    "scopes": ["oauth", "crm.objects.contacts.reed", "files", "timeline"],
    "clientId": "my-client",
}


async def made(world: World) -> dict[str, Any]:
    answer = await world.api.post(APPS, json=MINE)
    assert answer.status_code == 201
    app: dict[str, Any] = answer.json()
    return app


async def test_a_scope_that_is_not_known_is_warned_of_with_the_nearest(world: World) -> None:
    assert (await made(world))["warnings"] == [
        (
            "'crm.objects.contacts.reed' is no scope that this HubSpot knows: "
            "is it 'crm.objects.contacts.read'?"
        ),
        "'files' is no scope that this HubSpot knows: nothing here asks for it.",
    ]


async def test_an_app_is_corrected_in_its_place(world: World) -> None:
    app = await made(world)
    where = f"{APPS}/{app['appId']}"
    scopes = {"scopes": ["oauth", "crm.objects.contacts.read"]}
    changed = (await world.api.patch(where, json=scopes)).json()
    assert changed == app | scopes | {"warnings": []}
    assert changed in (await world.api.get(APPS)).json()["results"]
    asked = {"client_id": "my-client", "redirect_uri": REDIRECT, "scope": " ".join(MINE["scopes"])}
    await world.sign_in()
    refused = await world.browser.get("/oauth/authorize", params=asked)
    assert "crm.objects.contacts.reed" in refused.text
    asked["scope"] = " ".join(scopes["scopes"])
    assert (await world.browser.get("/oauth/authorize", params=asked)).status_code == 200


async def test_an_app_answers_to_its_new_client_id_alone(world: World) -> None:
    app = await made(world)
    await world.api.patch(f"{APPS}/{app['appId']}", json={"clientId": "another"})
    await world.sign_in()
    asked = {"redirect_uri": REDIRECT, "scope": " ".join(MINE["scopes"])}
    for client_id, status in (("my-client", 400), ("another", 200)):
        query = asked | {"client_id": client_id}
        answer = await world.browser.get("/oauth/authorize", params=query)
        assert answer.status_code == status


async def test_a_client_id_that_is_taken_is_refused_with_what_to_do(world: World) -> None:
    app = await made(world)
    again = await world.api.post(APPS, json=MINE)
    assert again.status_code == 409
    assert f"change it with PATCH {APPS}/{app['appId']}" in again.json()["message"]
    other = (await world.api.post(APPS, json=MINE | {"clientId": "other"})).json()
    assert other["appId"] == app["appId"] + 1
    taken = {"clientId": "my-client", "name": "Renamed"}
    assert (await world.api.patch(f"{APPS}/{other['appId']}", json=taken)).status_code == 409
    assert other in (await world.api.get(APPS)).json()["results"]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"redirectUrls": ["ftp://x"]}, 400), ({"unheard": 1}, 400), ({}, 200)],
)
async def test_what_would_not_be_taken_at_first_is_not_taken_later(
    world: World, body: dict[str, Any], status: int
) -> None:
    app = await made(world)
    assert (await world.api.patch(f"{APPS}/{app['appId']}", json=body)).status_code == status
    assert app in (await world.api.get(APPS)).json()["results"]
    assert (await world.api.patch(f"{APPS}/1", json=body)).status_code == 404
