"""The workflow actions that apps offer: defining them, changing them, their revisions."""

from starlette.responses import Response

from fakes.hubspot.access import developer
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.automation.definition_store import (
    DEFINITIONS,
    create,
    named,
    revise,
    shown,
    shown_revision,
)
from fakes.hubspot.bodies import cursor, is_true, read_object, whole_number
from fakes.hubspot.crm.views import page
from fakes.hubspot.errors import not_found
from fakes.hubspot.shapes import number_of
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Custom workflow actions")
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
    return json_answer(page(map(shown, found[:limit]), following))


async def create_definition(call: HubCall) -> Response:
    """Answer ``POST …/{appId}``."""
    app = developer(call)
    return json_answer(shown(create(call.party, app, await read_object(call))), 201)


async def read_definition(call: HubCall) -> Response:
    """Answer ``GET …/{appId}/{definitionId}``."""
    return json_answer(shown(named(call, developer(call, _READ))))


async def update_definition(call: HubCall) -> Response:
    """Answer ``PATCH …/{appId}/{definitionId}``: a new revision."""
    definition = named(call, developer(call))
    revise(call.party, definition, await read_object(call))
    return json_answer(shown(definition))


async def archive_definition(call: HubCall) -> Response:
    """Answer ``DELETE …/{appId}/{definitionId}``."""
    named(call, developer(call)).archived_at = call.party.now()
    return empty_answer()


async def list_revisions(call: HubCall) -> Response:
    """Answer ``GET …/{definitionId}/revisions``."""
    definition = named(call, developer(call, _READ))
    found = (shown_revision(definition, n) for n in range(1, definition.version + 1))
    return json_answer(page(found))


async def read_revision(call: HubCall) -> Response:
    """Answer ``GET …/{definitionId}/revisions/{revisionId}``."""
    definition = named(call, developer(call, _READ))
    text = call.params["revisionId"]
    number = number_of(text)
    if number is None or not 1 <= number <= definition.version:
        raise not_found(f"No revision {text} of the definition {definition.id}")
    return json_answer(shown_revision(definition, number))


ROUTES = routes(
    DEFINITIONS,
    ("GET", "", list_definitions, _SPEC, "automation#definitions"),
    ("POST", "", create_definition, _SPEC, "automation#definition"),
    ("GET", "/{definitionId}", read_definition, _SPEC, "automation#definition"),
    ("PATCH", "/{definitionId}", update_definition, _SPEC, "automation#definition"),
    ("DELETE", "/{definitionId}", archive_definition, _SPEC, NO_JSON),
    ("GET", "/{definitionId}/revisions", list_revisions, _SPEC, "automation#revisions"),
    ("GET", "/{definitionId}/revisions/{revisionId}", read_revision, _SPEC, "automation#revision"),
)
