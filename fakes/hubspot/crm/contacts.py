"""Contacts, one at a time."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import Caller, account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import cursor, is_true, names_of, read_object, whole_number
from fakes.hubspot.crm import endings, linking, store, views
from fakes.hubspot.crm.associations import read_associations
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.crm.values import checked, writable
from fakes.hubspot.errors import invalid, not_an_object_id, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

READ = "crm.objects.contacts.read"
WRITE = "crm.objects.contacts.write"
ROOTS = tuple(
    f"{root}/{object_type}"
    for root in ("/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
    for object_type in ("contacts", "contact", "0-1")
)
SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Contacts")

_LARGEST_PAGE = 100
_LARGEST_PAGE_WITH_HISTORY = 50


async def list_contacts(call: HubCall) -> Response:
    """Answer ``GET …/contacts``: a page of them, by id."""
    caller = account(call, READ)
    history = names_of(call, "propertiesWithHistory")
    largest = _LARGEST_PAGE_WITH_HISTORY if history else _LARGEST_PAGE
    limit = whole_number(call, "limit", 10, largest)
    found = _from(
        call.party, caller.portal, cursor(call), limit, archived=is_true(call, "archived")
    )
    asked, links = names_of(call, "properties"), names_of(call, "associations")
    empty = call.party.settings.empty_property
    shown = [
        views.summary(caller.portal, contact, asked, history, links, empty=empty)
        for contact in found[:limit]
    ]
    if len(found) <= limit:
        return json_answer(views.page(shown))
    after = str(found[limit].id)
    link = call.request.url.include_query_params(after=after)
    return json_answer(views.page(shown, after, str(link)))


async def create_contact(call: HubCall) -> Response:
    """Answer ``POST …/contacts``."""
    caller = account(call, WRITE)
    body = await read_object(call, "properties")
    contact = make(call.party, caller, body)
    location = f"https://api.hubapi.com{call.scope['path']}/{contact.id}"
    return json_answer(views.whole(caller.portal, contact), 201, {"Location": location})


async def read_contact(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{contactId}``."""
    caller = account(call, READ)
    contact = named(call, caller.portal, archived=is_true(call, "archived"))
    asked, history = names_of(call, "properties"), names_of(call, "propertiesWithHistory")
    links = names_of(call, "associations")
    empty = call.party.settings.empty_property
    return json_answer(views.summary(caller.portal, contact, asked, history, links, empty=empty))


async def update_contact(call: HubCall) -> Response:
    """Answer ``PATCH …/contacts/{contactId}``."""
    caller = account(call, WRITE)
    contact = named(call, caller.portal)
    body = await read_object(call, "properties")
    properties = writable(call.party.settings, nonempty(body["properties"]))
    values = checked(caller.portal, properties, contact.values)
    store.update(call.party, caller.portal, contact, values, caller.source)
    return json_answer(views.whole(caller.portal, contact))


async def archive_contact(call: HubCall) -> Response:
    """Answer ``DELETE …/contacts/{contactId}``; one that is not there is no error."""
    caller = account(call, WRITE)
    contact = store.find(caller.portal, call.params["contactId"])
    if contact is not None:
        endings.archive(call.party, caller.portal, contact, caller.source)
    return empty_answer()


def named(call: HubCall, portal: Portal, *, archived: bool = False) -> Contact:
    """Return the contact that the path names, by its id or by ``idProperty``.

    Raises:
        RefusedError: There is none (404), or its id is not a number.
    """
    key, id_property = call.params["contactId"], call.query("idProperty") or "hs_object_id"
    if id_property == "hs_object_id" and not key.isdigit():
        raise not_an_object_id(key)
    if archived:
        found = endings.find_archived(call.party, portal, key)
    else:
        found = store.find(portal, key, id_property)
    if found is None:
        raise not_found()
    return found


def make(hub: Hub, caller: Caller, body: Mapping[str, Any]) -> Contact:
    """Return the new contact that a body asks for, with its links.

    Raises:
        RefusedError: It cannot be made.
    """
    portal = caller.portal
    values = checked(portal, writable(hub.settings, body["properties"]))
    links, source = read_associations(portal, body), caller.source
    contact = store.create(hub, portal, values, source)
    linking.link(hub, portal, contact, links, source)
    return contact


def nonempty(properties: Any) -> dict[str, Any]:
    """Return the properties of an update.

    Raises:
        RefusedError: There are none.
    """
    if not isinstance(properties, dict) or not properties:
        raise invalid("No properties found to update, please provide at least one.")
    return properties


def _from(hub: Hub, portal: Portal, after: int, limit: int, *, archived: bool) -> list[Contact]:
    found: list[Contact] = []
    order = portal.contact_order
    for place in range(bisect_left(order, after), len(order)):
        contact = portal.contacts[order[place]]
        if endings.is_restorable(hub, contact) if archived else contact.archived_at is None:
            found.append(contact)
        if len(found) > limit:
            break
    return found


ROUTES = routes(
    ROOTS,
    ("GET", "", list_contacts, SPEC, "contacts#page"),
    ("POST", "", create_contact, SPEC, "contacts#contact"),
    ("GET", "/{contactId}", read_contact, SPEC, "contacts#contact"),
    ("PATCH", "/{contactId}", update_contact, SPEC, "contacts#contact"),
    ("DELETE", "/{contactId}", archive_contact, SPEC, NO_JSON),
)
