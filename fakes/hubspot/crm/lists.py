"""Lists of contacts: making, reading, renaming, deleting and restoring them."""

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import names_of, read_object
from fakes.hubspot.crm.contact_lists import ContactList, Processing
from fakes.hubspot.crm.membership import create_list as make_list
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.shapes import number_of, number_or, text_in, text_or, texts_in
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

READ, WRITE = "crm.lists.read", "crm.lists.write"
ROOTS = ("/crm/v3/lists", "/crm/lists/2026-03", "/crm/lists/2026-09")
SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Lists")
CONTACTS = "0-1"

_MOST_FOUND = 500


async def create_list(call: HubCall) -> Response:
    """Answer ``POST …/lists``; lists that fill themselves are not built."""
    portal = account(call, WRITE).portal
    body = await read_object(call, "name", "objectTypeId", "processingType")
    name, kind = text_in(body, "name"), text_in(body, "processingType")
    _refuse_other_types(text_in(body, "objectTypeId"))
    if kind == Processing.DYNAMIC:
        raise RefusedError(501, "HubSpot has lists that fill themselves; this fake does not do it.")
    if kind not in (Processing.MANUAL, Processing.SNAPSHOT):
        raise invalid(f"processingType must be MANUAL or SNAPSHOT here, not '{kind}'.")
    _refuse_taken(portal, name)
    made = make_list(call.party, portal, name, Processing(kind))
    return json_answer({"list": _shown(made)})


async def read_list(call: HubCall) -> Response:
    """Answer ``GET …/lists/{listId}``."""
    return json_answer({"list": _shown(named(account(call, READ).portal, call))})


async def read_list_by_name(call: HubCall) -> Response:
    """Answer ``GET …/lists/object-type-id/{objectTypeId}/name/{listName}``."""
    portal, name = account(call, READ).portal, call.params["listName"]
    _refuse_other_types(call.params["objectTypeId"])
    found = next((one for one in _living(portal) if one.name == name), None)
    if found is None:
        raise _missing(name)
    return json_answer({"list": _shown(found)})


async def read_lists(call: HubCall) -> Response:
    """Answer ``GET …/lists``: those of the ids asked that there are."""
    portal = account(call, READ).portal
    asked = {number_of(text) for text in names_of(call, "listIds")}
    return json_answer({"lists": [_shown(one) for one in _living(portal) if one.id in asked]})


async def search_lists(call: HubCall) -> Response:
    """Answer ``POST …/lists/search``: by words of the name, by ids, by kind."""
    portal = account(call, READ).portal
    body = await read_object(call)
    query, kinds = text_or(body, "query").casefold(), texts_in(body, "processingTypes")
    ids = texts_in(body, "listIds")
    offset, count = number_or(body, "offset", 0), number_or(body, "count", 20)
    if offset < 0 or not 0 < count <= _MOST_FOUND:
        raise invalid(f"count must be a number between 1 and {_MOST_FOUND}.")
    found = [
        one
        for one in _living(portal)
        if query in one.name.casefold()
        and (not kinds or one.processing in kinds)
        and (not ids or str(one.id) in ids)
    ]
    page = [_shown(one, in_search=True) for one in found[offset : offset + count]]
    end = offset + len(page)
    return json_answer(
        {"lists": page, "offset": end, "hasMore": end < len(found), "total": len(found)}
    )


async def rename_list(call: HubCall) -> Response:
    """Answer ``PUT …/lists/{listId}/update-list-name``."""
    portal = account(call, WRITE).portal
    found, name = named(portal, call), call.query("listName") or ""
    if not name:
        raise invalid("listName must have a value.")
    if name != found.name:
        _refuse_taken(portal, name)
    found.name, found.updated_at = name, call.party.now()
    found.version += 1
    return json_answer({"updatedList": _shown(found)})


async def delete_list(call: HubCall) -> Response:
    """Answer ``DELETE …/lists/{listId}``."""
    found = named(account(call, WRITE).portal, call)
    found.archived_at = call.party.now()
    return empty_answer()


async def restore_list(call: HubCall) -> Response:
    """Answer ``PUT …/lists/{listId}/restore``."""
    portal = account(call, WRITE).portal
    found = portal.lists.get(number_of(call.params["listId"]) or 0)
    if found is None:
        raise _missing(call.params["listId"])
    found.archived_at = None
    return empty_answer()


def named(portal: Portal, call: HubCall) -> ContactList:
    """Return the list that the path names.

    Raises:
        RefusedError: There is none (404).
    """
    found = portal.lists.get(number_of(call.params["listId"]) or 0)
    if found is None or found.archived_at is not None:
        raise _missing(call.params["listId"])
    return found


def _living(portal: Portal) -> Iterable[ContactList]:
    return (one for one in portal.lists.values() if one.archived_at is None)


def _shown(one: ContactList, *, in_search: bool = False) -> dict[str, Any]:
    size = str(len(one.members))
    return {
        "listId": str(one.id),
        "listVersion": one.version,
        "name": one.name,
        "objectTypeId": CONTACTS,
        "processingType": one.processing,
        "processingStatus": "COMPLETE",
        "createdAt": iso(one.created_at),
        "updatedAt": iso(one.updated_at),
        "filtersUpdatedAt": iso(one.created_at),
        **({"additionalProperties": {"hs_list_size": size}} if in_search else {"size": int(size)}),
    }


def _missing(name: str) -> RefusedError:
    return RefusedError(404, f"List does not exist: {name}", Category.NOT_FOUND)


def _refuse_taken(portal: Portal, name: str) -> None:
    if any(one.name == name for one in _living(portal)):
        raise invalid(f"A list named '{name}' already exists.")


def _refuse_other_types(object_type: str) -> None:
    if object_type != CONTACTS:
        raise invalid(f"Only lists of contacts (objectTypeId {CONTACTS}) are kept here.")


ROUTES = routes(
    ROOTS,
    ("POST", "", create_list, SPEC, "lists#list_answer"),
    ("GET", "", read_lists, SPEC, "lists#lists"),
    ("POST", "/search", search_lists, SPEC, "lists#found"),
    ("GET", "/{listId}", read_list, SPEC, "lists#list_answer"),
    (
        "GET",
        "/object-type-id/{objectTypeId}/name/{listName}",
        read_list_by_name,
        SPEC,
        "lists#list_answer",
    ),
    ("PUT", "/{listId}/update-list-name", rename_list, SPEC, "lists#updated"),
    ("DELETE", "/{listId}", delete_list, SPEC, NO_JSON),
    ("PUT", "/{listId}/restore", restore_list, SPEC, NO_JSON),
)
