"""Timeline templates and events, and how people see them."""

from typing import Any

import pytest

from tests.fakes.hubspot.timeline import EVENTS, TEMPLATE, key, template, templates, written
from tests.fakes.hubspot.world import World


@pytest.fixture(params=["/integrators/timeline/v3", "/crm/v3/timeline"])
def root(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_templates_and_tokens_are_made_changed_and_deleted(world: World, root: str) -> None:
    api, where = world.api, templates(world, root)
    made = (await api.post(where, params=key(world), json=TEMPLATE)).json()
    one = f"{where}/{made['id']}"
    token = {"name": "parts", "label": "SMS", "type": "number"}
    assert (await api.post(f"{one}/tokens", params=key(world), json=token)).status_code == 200
    changed = {"label": "Nombre de SMS"}
    await api.put(f"{one}/tokens/parts", params=key(world), json=changed)
    shown = (await api.get(one, params=key(world))).json()
    assert [t["label"] for t in shown["tokens"]] == ["Statut", "Texte", "Nombre de SMS"]
    assert (await api.delete(f"{one}/tokens/parts", params=key(world))).status_code == 204
    renamed = await api.put(one, params=key(world), json={**TEMPLATE, "name": "Autre"})
    assert renamed.json()["name"] == "Autre"
    assert (await api.delete(one, params=key(world))).status_code == 204
    assert (await api.get(where, params=key(world))).json()["results"] == []


@pytest.mark.parametrize(
    "token",
    [
        {"name": "log", "label": "x", "type": "string"},
        {"name": "a b", "label": "x", "type": "string"},
        {"name": "a", "label": "x", "type": "colour"},
        {"name": "a", "type": "string"},
    ],
)
async def test_a_token_that_does_not_hold_is_refused(world: World, token: dict[str, str]) -> None:
    answer = await world.api.post(
        templates(world), params=key(world), json={**TEMPLATE, "tokens": [token]}
    )
    assert answer.status_code == 400


async def test_an_event_shows_on_the_record_as_the_template_says(
    installed: World, root: str
) -> None:
    contact = await installed.contact(email="a@x.fr")
    event = {
        "eventTemplateId": await template(installed),
        "id": "sms-1",
        "objectId": contact,
        "timestamp": "2026-11-22T10:00:00Z",
        "tokens": {"status": "ok", "text": "Bonjour"},
        "extraData": {"parts": ["un", "deux"]},
    }
    answer = await installed.api.post(f"{root}/events", json=event)
    assert (answer.status_code, answer.json()["objectId"]) == (201, contact)
    [shown] = await written(installed, contact)
    # The account is in Paris, and its people read their own time.
    assert shown["header"] == "Statut du SMS [Reçu] transmis le 22/11/2026 11:00:00"
    assert (
        shown["detail"]
        == "<p><strong>Bonjour</strong></p>\n<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"
    )
    assert shown["tokens"] == {"status": "ok", "text": "Bonjour"}


async def test_what_the_ledger_assumes_of_templates_and_tokens_is_so(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    number = {"name": "parts", "label": "SMS", "type": "number"}
    header = "{{#each parts}} & {{parts}}"
    event = {
        "eventTemplateId": await template(installed, headerTemplate=header, tokens=[number]),
        "objectId": contact,
        "tokens": {"parts": "abc"},
    }
    assert (await installed.api.post(EVENTS, json=event)).status_code == 201
    [shown] = await written(installed, contact)
    assert shown["header"] == "{{#each parts}} &amp; {{parts}}"
    assert shown["tokens"] == {"parts": "abc"}
    lines = (await installed.api.get("/_control/hubspot/ledger")).json()["results"]
    standing = {line["name"]: line["standing"] for line in lines}
    assert standing["templates that Handlebars cannot read"] == "assumed"
    assert standing["types of tokens"] == "assumed"


async def test_a_token_is_written_to_its_property(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    event = {
        "eventTemplateId": await template(installed),
        "objectId": contact,
        "tokens": {"status": "ok"},
    }
    await installed.api.post("/integrators/timeline/v3/events", json=event)
    assert installed.portal.contacts[int(contact)].values["jobtitle"] == "ok"


async def test_what_an_event_brings_in_can_neither_run_nor_be_a_template(
    installed: World,
) -> None:
    contact = await installed.contact(email="a@x.fr")
    text = "<script>alert(1)</script> {{status}} {{#each extraData.parts}}x{{/each}}"
    event = {
        "eventTemplateId": await template(installed),
        "objectId": contact,
        "tokens": {"status": "ok", "text": text},
    }
    await installed.api.post("/integrators/timeline/v3/events", json=event)
    [shown] = await written(installed, contact)
    assert "<script" not in shown["detail"]
    assert "{{status}}" in shown["detail"]


async def test_a_template_is_for_contacts_unless_it_is_said(world: World) -> None:
    made = await world.api.post(templates(world), params=key(world), json={"name": "SMS"})
    assert made.json()["objectType"] == "contacts"


async def test_an_event_is_read_back_with_its_detail(installed: World) -> None:
    contact, number = await installed.contact(email="a@x.fr"), await template(installed)
    event = {"eventTemplateId": number, "id": "1", "objectId": contact, "tokens": {"text": "x"}}
    await installed.api.post("/integrators/timeline/v3/events", json=event)
    where = f"/integrators/timeline/v3/events/{number}/1"
    assert (await installed.api.get(where)).json()["tokens"] == {"text": "x"}
    assert (await installed.api.get(f"{where}/detail")).json()["details"].startswith("<p>")
    assert (await installed.api.get(f"{where}/render?detail=true")).text.startswith("<p>")


async def test_events_are_shown_newest_first(installed: World) -> None:
    contact, number = await installed.contact(email="a@x.fr"), await template(installed)
    for day in ("20", "22", "21"):
        event: dict[str, Any] = {
            "eventTemplateId": number,
            "id": day,
            "objectId": contact,
            "tokens": {},
        }
        await installed.api.post(
            "/integrators/timeline/v3/events",
            json={**event, "timestamp": f"2026-11-{day}T10:00:00Z"},
        )
    assert [shown["id"] for shown in await written(installed, contact)] == ["22", "21", "20"]


async def test_deleting_a_template_takes_its_events_away(installed: World) -> None:
    contact, number = await installed.contact(email="a@x.fr"), await template(installed)
    event = {"eventTemplateId": number, "objectId": contact, "tokens": {}}
    await installed.api.post("/integrators/timeline/v3/events", json=event)
    await installed.api.delete(f"{templates(installed)}/{number}", params=key(installed))
    assert await written(installed, contact) == []


async def test_a_private_apps_token_cannot_write_events(installed: World) -> None:
    token = installed.hubspot.add_private_token(installed.portal.id)
    answer = await installed.api.post(
        "/integrators/timeline/v3/events",
        json={"eventTemplateId": "1", "tokens": {}},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 403
