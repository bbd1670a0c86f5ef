"""A timeline template of the tests' app, and the events that a record shows."""

from typing import Any

from tests.fakes.hubspot.world import World

EVENTS = "/integrators/timeline/v3/events"
TEMPLATE = {
    "name": "Envoi SMS",
    "objectType": "contacts",
    "headerTemplate": "Statut du SMS [{{status}}] transmis le {{#formatDate timestamp}}{{/formatDate}}",
    "detailTemplate": "**{{text}}**\n\n{{#each extraData.parts}}- {{this}}\n{{/each}}",
    "tokens": [
        {
            "name": "status",
            "label": "Statut",
            "type": "enumeration",
            "options": [{"value": "ok", "label": "Reçu"}],
            "objectPropertyName": "jobtitle",
        },
        {"name": "text", "label": "Texte", "type": "string"},
    ],
}


def templates(world: World, root: str = "/integrators/timeline/v3") -> str:
    return f"{root}/{world.app.id}/event-templates"


def key(world: World) -> dict[str, str]:
    return {"hapikey": world.app.developer_key}


async def template(world: World, **changed: Any) -> str:
    body = {**TEMPLATE, **changed}
    answer = await world.api.post(templates(world), params=key(world), json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def written(world: World, contact: str) -> list[Any]:
    path = f"/_control/hubspot/portals/{world.portal.id}/contacts/{contact}/timeline"
    return list((await world.api.get(path)).json()["results"])
