"""Lists of contacts: making, reading, renaming, deleting and restoring them."""

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.automation import active_lists
from fakes.hubspot.bodies import is_true, names_of, read_object
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
    """Answer ``POST …/lists``; a dynamic list fills itself, a snapshot with filters does once.

    Source: HubSpot developer docs, Lists (spec).
    """
    portal = account(call, WRITE).portal
    body = await read_object(call, "name", "objectTypeId", "processingType")
    name, kind = text_in(body, "name"), text_in(body, "processingType")
    _refuse_other_types(text_in(body, "objectTypeId"))
    if kind not in tuple(Processing):
        raise invalid(f"processingType must be one of {', '.join(Processing)}, not '{kind}'.")
    _refuse_taken(portal, name)
    sent = body.get("filterBranch")
    has_filters = kind == Processing.DYNAMIC or (kind == Processing.SNAPSHOT and sent is not None)
    branch = active_lists.read_branch(portal, sent) if has_filters else None
    made = make_list(call.party, portal, name, Processing(kind))
    if branch is not None:
        active_lists.fill(call.party, portal, made, branch)
    return json_answer({"list": _shown(made, has_filters=True)})


async def read_list(call: HubCall) -> Response:
    """Answer ``GET …/lists/{listId}``; with ``includeFilters=true``, its filters too."""
    found = named(account(call, READ).portal, call)
    return json_answer({"list": _shown(found, has_filters=is_true(call, "includeFilters"))})


async def read_list_by_name(call: HubCall) -> Response:
    """Answer ``GET …/lists/object-type-id/{objectTypeId}/name/{listName}``."""
    portal, name = account(call, READ).portal, call.params["listName"]
    _refuse_other_types(call.params["objectTypeId"])
    found = next((one for one in _living(portal) if one.name == name), None)
    if found is None:
        raise _missing(name)
    return json_answer({"list": _shown(found, has_filters=is_true(call, "includeFilters"))})


async def read_lists(call: HubCall) -> Response:
    """Answer ``GET …/lists``: those of the ids asked that there are."""
    portal = account(call, READ).portal
    asked = {number_of(text) for text in names_of(call, "listIds")}
    has_filters = is_true(call, "includeFilters")
    found = [one for one in _living(portal) if one.id in asked]
    return json_answer({"lists": [_shown(one, has_filters=has_filters) for one in found]})


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


async def change_filters(call: HubCall) -> Response:
    """Answer ``PUT …/lists/{listId}/update-list-filters``: who is on the list changes with it."""
    portal = account(call, WRITE).portal
    found = named(portal, call)
    body = await read_object(call, "filterBranch")
    if found.processing is not Processing.DYNAMIC:
        raise invalid(f"The list {found.id} is {found.processing}: only a DYNAMIC one has filters.")
    branch = active_lists.read_branch(portal, body["filterBranch"], of=found)
    found.updated_at = found.filters_updated_at = call.party.now()
    found.version += 1
    active_lists.refill(call.party, portal, found, branch)
    return json_answer({"updatedList": _shown(found, has_filters=True)})


async def delete_list(call: HubCall) -> Response:
    """Answer ``DELETE …/lists/{listId}``."""
    portal = account(call, WRITE).portal
    found = named(portal, call)
    active_lists.retire(portal, found)
    found.archived_at = call.party.now()
    return empty_answer()


async def restore_list(call: HubCall) -> Response:
    """Answer ``PUT …/lists/{listId}/restore``."""
    portal = account(call, WRITE).portal
    found = portal.lists.get(number_of(call.params["listId"]) or 0)
    if found is None:
        raise _missing(call.params["listId"])
    found.archived_at = None
    if found.processing is Processing.DYNAMIC and found.filter_branch is not None:
        active_lists.refill(call.party, portal, found, found.filter_branch)
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


def _shown(
    one: ContactList, *, in_search: bool = False, has_filters: bool = False
) -> dict[str, Any]:
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
        "filtersUpdatedAt": iso(one.filters_updated_at),
        **({"filterBranch": one.filter_branch} if has_filters and one.filter_branch else {}),
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
    ("PUT", "/{listId}/update-list-filters", change_filters, SPEC, "lists#updated"),
    ("DELETE", "/{listId}", delete_list, SPEC, NO_JSON),
    ("PUT", "/{listId}/restore", restore_list, SPEC, NO_JSON),
)
