"""Bodies of any shape: HubSpot answers, and what it cannot read it refuses with an envelope."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.damage import JUNK, damaged
from tests.fakes.hubspot.world import World

many = settings(max_examples=40, deadline=None)

TOKEN = {
    "name": "etat",
    "label": "État",
    "type": "enumeration",
    "options": [{"label": "Reçu", "value": "ok"}],
    "objectPropertyName": "city",
}
TEMPLATE = {
    "name": "SMS",
    "objectType": "contacts",
    "headerTemplate": "{{etat}}",
    "detailTemplate": "{{#each extraData.parts}}{{this}}{{/each}}",
    "tokens": [TOKEN],
}
EVENT = {
    "id": "1",
    "email": "a@x.fr",
    "utk": "u",
    "tokens": {"etat": "ok"},
    "extraData": {"parts": [1]},
    "timestamp": "2026-11-22T10:00:00Z",
    "timelineIFrame": {"linkLabel": "Voir", "url": "https://app.example", "width": 1, "height": 1},
}
CONTROLS: dict[str, dict[str, Any]] = {
    "portals": {"name": "x", "lackingScopes": ["a"], "utcOffset": "+01:00", "locale": "en"},
    "users": {"email": "x@x.fr", "password": "p", "portals": [62515001], "canInstall": True},
    "apps": {"name": "x", "redirectUrls": ["https://x.example"], "scopes": ["a"]},
}
SETTINGS = {"code_lifetime": 60, "refresh_tokens": "keep", "omit_empty_fields": True}


async def _answers(world: World, method: str, url: str, body: Any) -> None:
    answer = await world.api.request(method, url, json=body)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.json()["status"] == "error"


@given(body=damaged(TEMPLATE))
@many
async def test_a_damaged_template_is_written_or_refused(body: Any) -> None:
    async with World() as world:
        root = f"/integrators/timeline/v3/{world.app.id}/event-templates"
        await _answers(world, "POST", f"{root}?hapikey={world.app.developer_key}", body)


@given(body=damaged(TOKEN))
@many
async def test_a_damaged_token_is_written_or_refused(body: Any) -> None:
    async with World() as world:
        root = f"/integrators/timeline/v3/{world.app.id}/event-templates"
        key = f"?hapikey={world.app.developer_key}"
        template = (await world.api.post(root + key, json=TEMPLATE)).json()["id"]
        await _answers(world, "POST", f"{root}/{template}/tokens{key}", body)
        await _answers(world, "PUT", f"{root}/{template}/tokens/etat{key}", body)
        await _answers(world, "PUT", f"{root}/{template}{key}", {**TEMPLATE, "tokens": [body]})


@given(body=damaged(EVENT))
@many
async def test_a_damaged_event_is_shown_or_refused(body: Any) -> None:
    async with World() as world:
        await world.install()
        root = f"/integrators/timeline/v3/{world.app.id}/event-templates"
        made = await world.api.post(f"{root}?hapikey={world.app.developer_key}", json=TEMPLATE)
        if isinstance(body, dict):
            body = {"eventTemplateId": made.json()["id"], **body}
        await _answers(world, "POST", "/integrators/timeline/v3/events", body)
        await _answers(world, "POST", "/integrators/timeline/v3/events/batch/create", [body])
        await _answers(
            world, "POST", "/integrators/timeline/v3/events/batch/create", {"inputs": [body]}
        )
        contact = f"/_control/hubspot/portals/{world.portal.id}/contacts"
        for shown in (await world.api.get(contact)).json()["results"]:
            timeline = await world.api.get(f"{contact}/{shown['id']}/timeline")
            assert timeline.status_code == 200


# Drawn whole: an ``async def`` test that draws while it runs fails where an example is too large.
FURNITURE = st.sampled_from(sorted(CONTROLS)).flatmap(
    lambda place: st.tuples(st.just(place), damaged(CONTROLS[place]))
)


@given(FURNITURE)
@settings(max_examples=120, deadline=None)
async def test_damaged_furniture_is_put_there_or_refused(furniture: tuple[str, Any]) -> None:
    place, body = furniture
    async with World() as world:
        await _answers(world, "POST", f"/_control/hubspot/{place}", body)
        assert (await world.api.get(f"/_control/hubspot/{place}")).status_code == 200


@given(body=damaged(SETTINGS))
@many
async def test_damaged_settings_are_taken_or_refused(body: Any) -> None:
    async with World() as world:
        await _answers(world, "PATCH", "/_control/hubspot/settings", body)


@many
@given(body=JUNK)
async def test_a_lenient_token_endpoint_refuses_any_json(body: Any) -> None:
    async with World() as world:
        await world.api.patch("/_control/hubspot/settings", json={"token_accepts_json": True})
        answer = await world.api.post("/oauth/v3/token", json=body)
        assert answer.status_code == 400
