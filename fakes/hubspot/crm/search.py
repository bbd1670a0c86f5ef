"""Searching contacts: filters, words, one sort, pages by offset."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.bodies import read_object
from fakes.hubspot.crm import store, views
from fakes.hubspot.crm.contacts import READ, ROOTS, SPEC
from fakes.hubspot.crm.matching import check_groups, meets, mentions
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.errors import invalid
from fakes.hubspot.state import Portal
from fakes.kit.answers import json_answer

_LARGEST_PAGE = 200
_LAST_RESULT = 10_000


async def search_contacts(call: HubCall) -> Response:
    """Answer ``POST …/contacts/search``."""
    portal = account(call, READ).portal
    body = await read_object(call)
    limit, offset = _page(body)
    found = _sorted(_matching(portal, body), body)
    shown = [
        views.summary(portal, contact, body.get("properties") or ())
        for contact in found[offset : offset + limit]
    ]
    after = str(offset + limit) if offset + limit < len(found) else None
    return json_answer({"total": len(found), **views.page(shown, after)})


def _matching(portal: Portal, body: Mapping[str, Any]) -> list[Contact]:
    groups = body.get("filterGroups") or ()
    if not groups and body.get("filters"):
        groups = ({"filters": body["filters"]},)
    check_groups(portal, groups)
    query = str(body.get("query") or "")
    return [
        contact
        for contact in store.living(portal)
        if meets(contact.values, groups) and mentions(contact.values, query)
    ]


def _sorted(found: list[Contact], body: Mapping[str, Any]) -> list[Contact]:
    sorts = body.get("sorts") or ()
    if len(sorts) > 1:
        raise invalid("A search takes at most one sort.")
    if not sorts:
        return found
    name, descending = _sort(sorts[0])
    return sorted(found, key=lambda contact: contact.values.get(name, ""), reverse=descending)


def _sort(sort: Any) -> tuple[str, bool]:
    if isinstance(sort, str):
        return sort.lstrip("-"), sort.startswith("-")
    return str(sort.get("propertyName")), sort.get("direction") == "DESCENDING"


def _page(body: Mapping[str, Any]) -> tuple[int, int]:
    limit, after = body.get("limit", 10), str(body.get("after") or "0")
    if not isinstance(limit, int) or not 0 <= limit <= _LARGEST_PAGE:
        raise invalid(f"limit must be a number between 0 and {_LARGEST_PAGE}, not '{limit}'")
    if not after.isdigit() or int(after) + limit > _LAST_RESULT:
        raise invalid(f"after must be an offset, and a search ends at {_LAST_RESULT} results.")
    return limit, int(after)


ROUTES = routes(ROOTS, ("POST", "/search", search_contacts, SPEC))
