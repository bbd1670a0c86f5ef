"""Bodies of any shape: HubSpot answers, and what it cannot read it refuses with an envelope."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.hubspot.world import World

many = settings(max_examples=40, deadline=None)

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
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


@st.composite
def damaged(draw: st.DrawFn, whole: Mapping[str, Any]) -> Any:
    """Return ``whole`` with one value, anywhere in it, lost or turned into something else."""
    places = list(_places(whole))
    place = draw(st.sampled_from(places))
    return _without(whole, place) if draw(st.booleans()) else _with(whole, place, draw(JUNK))


def _places(value: Any) -> list[tuple[Any, ...]]:
    if not isinstance(value, dict | list):
        return [()]
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [(), *((key, *rest) for key, held in inner for rest in _places(held))]


def _with(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    key, *rest = place
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[key] = _with(value[key], tuple(rest), new)
    return changed


def _without(value: Any, place: tuple[Any, ...]) -> Any:
    if not place:
        return None
    *outer, last = place
    if not outer:
        kept = list(value.items() if isinstance(value, dict) else enumerate(value))
        left = [(key, held) for key, held in kept if key != last]
        return dict(left) if isinstance(value, dict) else [held for _, held in left]
    key, *rest = place
    return _with(value, (key,), _without(value[key], tuple(rest)))


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


@pytest.mark.parametrize("place", CONTROLS)
@given(data=st.data())
@many
async def test_damaged_furniture_is_put_there_or_refused(place: str, data: st.DataObject) -> None:
    async with World() as world:
        body = data.draw(damaged(CONTROLS[place]), label="body")
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
