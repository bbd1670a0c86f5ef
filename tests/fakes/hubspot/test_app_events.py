"""App events of edition 2026-03, and what people see of events."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.hubspot.choices import TimelineRepeat
from fakes.hubspot.settings import Settings
from fakes.hubspot.timeline.handlebars import fill
from fakes.hubspot.timeline.rendering import blocks, inline
from tests.fakes.hubspot.world import World

EVENTS = "/integrators/timeline/2026-03/events"
EVENT = {
    "eventTypeName": "sms_recu",
    "id": "sms-1",
    "email": "a@x.fr",
    "properties": {"etat": "Reçu"},
    "extraData": {"texte": "Bonjour"},
}


async def declared(world: World) -> str:
    answer = await world.api.post(
        f"/_control/hubspot/apps/{world.app.id}/event-types",
        json={
            "name": "sms_recu",
            "label": "SMS reçu",
            "headerTemplate": "SMS *{{etat}}*",
            "detailTemplate": "{{extraData.texte}}",
            "properties": [{"name": "etat", "label": "État", "type": "string"}],
        },
    )
    return str(answer.json()["fullyQualifiedName"])


async def shown(world: World) -> list[Any]:
    contacts = f"/_control/hubspot/portals/{world.portal.id}/contacts"
    [contact] = (await world.api.get(contacts)).json()["results"]
    answer = await world.api.get(f"{contacts}/{contact['id']}/timeline")
    return list(answer.json()["results"])


async def test_an_app_event_shows_on_the_record(installed: World) -> None:
    await declared(installed)
    answer = await installed.api.post(EVENTS, json=EVENT)
    assert (answer.status_code, answer.content) == (201, b"")
    [event] = await shown(installed)
    assert (event["header"], event["detail"]) == ("SMS <em>Reçu</em>", "<p>Bonjour</p>")
    assert event["templateName"] == "SMS reçu"


async def test_the_same_id_again_is_a_conflict_or_the_last_wins() -> None:
    for repeat, status in ((TimelineRepeat.IMMUTABLE, 409), (TimelineRepeat.LAST_WINS, 201)):
        async with World(Settings(app_event_repeat=repeat)) as world:
            await world.install()
            await declared(world)
            await world.api.post(EVENTS, json=EVENT)
            assert (await world.api.post(EVENTS, json=EVENT)).status_code == status
            assert len(await shown(world)) == 1


async def test_a_batch_says_what_it_wrote(installed: World) -> None:
    whole = await declared(installed)
    inputs = [{**EVENT, "id": str(n), "eventTypeName": whole} for n in range(3)]
    answer = await installed.api.post(f"{EVENTS}/batch", json={"inputs": inputs})
    assert [one["id"] for one in answer.json()["results"]] == ["0", "1", "2"]


async def test_a_types_whole_name_is_resolved(installed: World) -> None:
    whole = await declared(installed)
    body = {"projectName": "smsmode", "developerSymbol": "sms_recu"}
    where = "/integrators/timeline/2026-03/types/projects"
    assert (await installed.api.post(where, json=body)).json()["fullyQualifiedName"] == whole
    body["developerSymbol"] = "autre"
    assert (await installed.api.post(where, json=body)).status_code == 404


@pytest.mark.parametrize(
    "changed", [{"eventTypeName": "autre"}, {"properties": {"autre": "x"}}, {"id": []}]
)
async def test_an_event_that_is_none_is_refused(
    installed: World, changed: dict[str, object]
) -> None:
    await declared(installed)
    assert (await installed.api.post(EVENTS, json={**EVENT, **changed})).status_code == 400


async def test_event_types_are_no_templates(installed: World) -> None:
    await declared(installed)
    where = f"/integrators/timeline/v3/{installed.app.id}/event-templates"
    key = {"hapikey": installed.app.developer_key}
    assert (await installed.api.get(where, params=key)).json()["results"] == []


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{#if a}}oui{{else}}non{{/if}}", "non"),
        ("{{#unless a}}oui{{else}}non{{/unless}}", "oui"),
        ("{{#each list}}{{@index}}{{this}} {{/each}}", "0x 1y "),
        ("{{#each a}}.{{else}}rien{{/each}}", "rien"),
        ("{{#if list}}{{#each list}}{{this}}{{/each}}{{/if}}", "xy"),
        ("{{/if}}{{else}}{{", "{{/if}}{{else}}{{"),
        ("{{#shout list}}<b>{{/shout}}", "{{#shout list}}&lt;b&gt;{{/shout}}"),
        ("{{log list}}", "{{log list}}"),
    ],
)
def test_handlebars_choose_and_repeat(template: str, said: str) -> None:
    assert fill(template, {"list": ["x", "y"]}) == said


def test_blocks_nested_without_end_show_as_they_stand() -> None:
    deep = 5000
    template = "{{#if a}}" * deep + "x" + "{{/if}}" * deep
    assert fill(template, {"a": True}) == template


@settings(deadline=None)
@given(text=st.text(), value=st.text())
def test_nothing_shown_can_run(text: str, value: str) -> None:
    filled = fill(text + "{{v}} {{{v}}}", {"v": f"<script>{value}</script>[x](javascript:{value})"})
    for html in (inline(filled), blocks(filled)):
        assert "<script" not in html
        assert 'href="javascript' not in html
