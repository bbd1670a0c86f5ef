"""Who is on a list: reading, adding, removing."""

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import Caller, account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import cursor, read_json, read_object, whole_number
from fakes.hubspot.crm.contact_lists import ContactList, Processing
from fakes.hubspot.crm.lists import CONTACTS, READ, ROOTS, SPEC, WRITE, named
from fakes.hubspot.crm.membership import join, leave
from fakes.hubspot.crm.views import page
from fakes.hubspot.errors import invalid, not_found
from fakes.hubspot.shapes import list_in, number_of, text_in
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer

_LARGEST_PAGE = 250


async def list_members(call: HubCall) -> Response:
    """Answer ``GET …/{listId}/memberships``: a page of them, by record id."""
    members = named(account(call, READ).portal, call).members
    limit = whole_number(call, "limit", 100, _LARGEST_PAGE)
    after = cursor(call)
    found = sorted(number for number in members if number >= after)
    shown = [
        {"recordId": str(number), "membershipTimestamp": iso(members[number])}
        for number in found[:limit]
    ]
    following = str(found[limit]) if len(found) > limit else None
    return json_answer({"total": len(members), **page(shown, following)})


async def list_lists(call: HubCall) -> Response:
    """Answer ``GET …/lists/records/{objectTypeId}/{recordId}/memberships``."""
    portal = account(call, READ).portal
    number = number_of(call.params["recordId"]) or 0
    if call.params["objectTypeId"] != CONTACTS or number not in portal.contacts:
        raise not_found()
    shown = [
        {
            "listId": str(one.id),
            "listVersion": one.version,
            "firstAddedTimestamp": iso(one.members[number]),
            "lastAddedTimestamp": iso(one.members[number]),
        }
        for one in portal.lists.values()
        if one.archived_at is None and number in one.members
    ]
    return json_answer({"results": shown, "total": len(shown)})


async def add_members(call: HubCall) -> Response:
    """Answer ``PUT …/{listId}/memberships/add``: the body is a list of record ids."""
    caller = account(call, WRITE)
    return _change(call, caller, _ids(await read_json(call)), [])


async def remove_members(call: HubCall) -> Response:
    """Answer ``PUT …/{listId}/memberships/remove``: the body is a list of record ids."""
    caller = account(call, WRITE)
    return _change(call, caller, [], _ids(await read_json(call)))


async def change_members(call: HubCall) -> Response:
    """Answer ``PUT …/{listId}/memberships/add-and-remove``."""
    caller = account(call, WRITE)
    body = await read_object(call)
    coming, going = list_in(body, "recordIdsToAdd"), list_in(body, "recordIdsToRemove")
    return _change(call, caller, _ids(coming), _ids(going))


async def clear_members(call: HubCall) -> Response:
    """Answer ``DELETE …/{listId}/memberships``: everybody leaves, the list stays."""
    caller = account(call, WRITE)
    which = _by_hand(caller.portal, call)
    leave(call.party, caller.portal, which, list(which.members), caller.source)
    return empty_answer()


def _change(call: HubCall, caller: Caller, coming: list[str], going: list[str]) -> Response:
    """Source: HubSpot developer docs, Lists (spec); the first key's spelling is HubSpot's."""
    portal, which = caller.portal, _by_hand(caller.portal, call)
    missing = [key for key in (*coming, *going) if number_of(key) not in portal.contacts]
    added = join(call.party, portal, which, _numbers(coming), caller.source)
    removed = leave(call.party, portal, which, _numbers(going), caller.source)
    return json_answer(
        {
            "recordsIdsAdded": [str(number) for number in added],
            "recordIdsRemoved": [str(number) for number in removed],
            "recordIdsMissing": missing,
        }
    )


def _by_hand(portal: Portal, call: HubCall) -> ContactList:
    found = named(portal, call)
    if found.processing is Processing.DYNAMIC:
        raise invalid(f"The list {found.id} is DYNAMIC: its members follow from its filters.")
    return found


def _ids(body: Any) -> list[str]:
    listed = list_in({"recordIds": body}, "recordIds")
    return [text_in({"recordId": item}, "recordId") for item in listed]


def _numbers(ids: Iterable[str]) -> list[int]:
    return [number for key in ids if (number := number_of(key)) is not None]


ROUTES = routes(
    ROOTS,
    ("GET", "/{listId}/memberships", list_members, SPEC, "lists#members"),
    ("PUT", "/{listId}/memberships/add", add_members, SPEC, "lists#change"),
    ("PUT", "/{listId}/memberships/remove", remove_members, SPEC, "lists#change"),
    ("PUT", "/{listId}/memberships/add-and-remove", change_members, SPEC, "lists#change"),
    ("DELETE", "/{listId}/memberships", clear_members, SPEC, NO_JSON),
    ("GET", "/records/{objectTypeId}/{recordId}/memberships", list_lists, SPEC, "lists#of_record"),
)
