"""The properties of contacts: reading, defining, changing, deleting, one at a time."""

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import is_true, names_of, read_object
from fakes.hubspot.crm import defining
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

READS = ("crm.schemas.contacts.read", "crm.objects.contacts.read")
WRITE = "crm.schemas.contacts.write"
SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Properties")
ROOTS = tuple(
    f"{root}/{object_type}"
    for root in ("/crm/v3/properties", "/crm/properties/2026-03", "/crm/properties/2026-09")
    for object_type in ("contacts", "contact", "0-1")
)


async def list_properties(call: HubCall) -> Response:
    """Answer ``GET …/contacts``: all, or the ``properties`` asked, in the language asked.

    None of them is sensitive.
    """
    portal = account(call, *READS).portal
    locale, now = call.query("locale") or "en", call.party.now()
    of = portal.archived_properties if is_true(call, "archived") else portal.properties
    if call.query("dataSensitivity") not in (None, "non_sensitive"):
        return json_answer({"results": []})
    asked = names_of(call, "properties") or of
    found = [
        one.as_json(locale)
        for one in of.values()
        if one.name in asked and defining.is_kept(one, now)
    ]
    return json_answer({"results": found})


async def read_property(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{name}``."""
    portal = account(call, *READS).portal
    archived = is_true(call, "archived")
    definition = defining.named(call.party, portal, call.params["name"], archived=archived)
    return json_answer(definition.as_json(call.query("locale") or "en"))


async def create_property(call: HubCall) -> Response:
    """Answer ``POST …/contacts``; the name of a deleted property brings it back."""
    portal = account(call, WRITE).portal
    body = await read_object(call, *defining.REQUIRED)
    return json_answer(defining.create(call.party, portal, body).as_json(), 201)


async def update_property(call: HubCall) -> Response:
    """Answer ``PATCH …/contacts/{name}``; ``options`` replaces the whole list."""
    portal = account(call, WRITE).portal
    definition = defining.named(call.party, portal, call.params["name"])
    body = await read_object(call)
    return json_answer(defining.update(call.party, portal, definition, body).as_json())


async def archive_property(call: HubCall) -> Response:
    """Answer ``DELETE …/contacts/{name}``; one that a workflow uses stays."""
    portal = account(call, WRITE).portal
    definition = defining.named(call.party, portal, call.params["name"])
    defining.archive(call.party, portal, definition)
    return empty_answer()


ROUTES = routes(
    ROOTS,
    ("GET", "", list_properties, SPEC, "properties#properties"),
    ("POST", "", create_property, SPEC, "properties#property"),
    ("GET", "/{name}", read_property, SPEC, "properties#property"),
    ("PATCH", "/{name}", update_property, SPEC, "properties#property"),
    ("DELETE", "/{name}", archive_property, SPEC, NO_JSON),
)
