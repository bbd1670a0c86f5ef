"""The workflow actions that apps offer: defining them, changing them, their revisions."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import developer
from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.automation.definition_rules import refuse_flawed
from fakes.hubspot.automation.records import Definition, Revision
from fakes.hubspot.bodies import cursor, is_true, read_object, whole_number
from fakes.hubspot.crm.views import page
from fakes.hubspot.errors import not_found
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App
from fakes.hubspot.times import epoch_ms, iso
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

FIRST_DEFINITION_ID = 259_000_001
"""Where the numbers of definitions begin."""

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Custom workflow actions")
_EMPTY: dict[str, Any] = {
    "functions": [],
    "outputFields": [],
    "executionRules": [],
    "inputFieldDependencies": [],
}
_KNOWN = frozenset(
    (
        "actionUrl", "archivedAt", "executionRules", "functions", "inputFieldDependencies",
        "inputFields", "labels", "objectRequestOptions", "objectTypes", "outputFields", "published",
    )
)  # fmt: skip
_READ = "developers-read"


async def list_definitions(call: HubCall) -> Response:
    """Answer ``GET …/{appId}``: a page of them, by id."""
    app = developer(call, _READ)
    archived, limit = is_true(call, "archived"), whole_number(call, "limit", 100, 100)
    after = cursor(call)
    found = [
        definition
        for definition in app.definitions.values()
        if (definition.archived_at is not None) is archived and definition.id > after
    ]
    following = str(found[limit - 1].id) if len(found) > limit else None
    return json_answer(page(map(_shown, found[:limit]), following))


async def create_definition(call: HubCall) -> Response:
    """Answer ``POST …/{appId}``."""
    app = developer(call)
    body = {**_EMPTY, **_known(await read_object(call))}
    refuse_flawed(body)
    definition = Definition(
        id=call.party.ids.count("definition", FIRST_DEFINITION_ID),
        app_id=app.id,
        revisions=[Revision(body=body, at=call.party.now())],
    )
    app.definitions[definition.id] = definition
    call.party.event("action.defined", appId=app.id, definitionId=definition.id)
    return json_answer(_shown(definition), 201)


async def read_definition(call: HubCall) -> Response:
    """Answer ``GET …/{appId}/{definitionId}``."""
    return json_answer(_shown(_named(call, developer(call, _READ))))


async def update_definition(call: HubCall) -> Response:
    """Answer ``PATCH …/{appId}/{definitionId}``: a new revision."""
    definition = _named(call, developer(call))
    changed = {**definition.body, **_known(await read_object(call))}
    refuse_flawed(changed)
    definition.revisions.append(Revision(body=changed, at=call.party.now()))
    return json_answer(_shown(definition))


async def archive_definition(call: HubCall) -> Response:
    """Answer ``DELETE …/{appId}/{definitionId}``."""
    _named(call, developer(call)).archived_at = call.party.now()
    return empty_answer()


async def list_revisions(call: HubCall) -> Response:
    """Answer ``GET …/{definitionId}/revisions``."""
    definition = _named(call, developer(call, _READ))
    found = (_revision(definition, number) for number in range(1, definition.version + 1))
    return json_answer(page(found))


async def read_revision(call: HubCall) -> Response:
    """Answer ``GET …/{definitionId}/revisions/{revisionId}``."""
    definition = _named(call, developer(call, _READ))
    text = call.params["revisionId"]
    number = number_of(text)
    if number is None or not 1 <= number <= definition.version:
        raise not_found(f"No revision {text} of the definition {definition.id}")
    return json_answer(_revision(definition, number))


def _named(call: HubCall, app: App) -> Definition:
    text = call.params["definitionId"]
    found = app.definitions.get(number_of(text) or 0)
    if found is None or found.archived_at is not None:
        raise not_found(f"No custom action of the app {app.id} has the id {text}")
    return found


def _known(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name in _KNOWN}


def _shown(definition: Definition) -> dict[str, Any]:
    shown = {
        "id": str(definition.id),
        "revisionId": str(definition.version),
        **definition.body,
    }
    if definition.archived_at is not None:
        shown["archivedAt"] = epoch_ms(definition.archived_at)
    return shown


def _revision(definition: Definition, number: int) -> dict[str, Any]:
    revision = definition.revisions[number - 1]
    body = {"id": str(definition.id), "revisionId": str(number), **revision.body}
    return {
        "id": str(number),
        "revisionId": str(number),
        "createdAt": iso(revision.at),
        "definition": body,
    }


ROUTES = routes(
    ("/automation/v4/actions/{appId}", "/automation/actions/2026-03/{appId}"),
    ("GET", "", list_definitions, _SPEC),
    ("POST", "", create_definition, _SPEC),
    ("GET", "/{definitionId}", read_definition, _SPEC),
    ("PATCH", "/{definitionId}", update_definition, _SPEC),
    ("DELETE", "/{definitionId}", archive_definition, _SPEC),
    ("GET", "/{definitionId}/revisions", list_revisions, _SPEC),
    ("GET", "/{definitionId}/revisions/{revisionId}", read_revision, _SPEC),
)
