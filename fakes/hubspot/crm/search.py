"""Searching contacts: filters, words, one sort, pages by offset."""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.bodies import as_object, read_json
from fakes.hubspot.crm import store, views
from fakes.hubspot.crm.comparing import order
from fakes.hubspot.crm.contacts import READ, ROOTS, SPEC
from fakes.hubspot.crm.filters import Group, passes, read_groups
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.crm.words import mentions, words
from fakes.hubspot.errors import invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of, number_or, text_or, texts_in
from fakes.hubspot.state import Portal
from fakes.kit.answers import json_answer

_LARGEST_PAGE = 200
_LAST_RESULT = 10_000
_LONGEST_BODY = 3000
_DIRECTIONS = ("ASCENDING", "DESCENDING")


async def search_contacts(call: HubCall) -> Response:
    """Answer ``POST …/contacts/search``."""
    portal = account(call, READ).portal
    body = as_object(await read_json(call, _LONGEST_BODY))
    limit, offset = _page(body)
    asked, sort = texts_in(body, "properties"), _sort(portal, body)
    found = _matching(call.party, portal, body)
    if sort is not None:
        found = _sorted(portal, found, **sort)
    empty = call.party.settings.empty_property
    shown = [
        views.summary(portal, one, asked, empty=empty) for one in found[offset : offset + limit]
    ]
    after = str(offset + limit) if limit and offset + limit < len(found) else None
    return json_answer({"total": len(found), **views.page(shown, after)})


def _matching(hub: Hub, portal: Portal, body: Mapping[str, Any]) -> list[Contact]:
    """Return who matches, oldest first; with an indexing delay, as they were then."""
    groups = read_groups(
        portal.properties, body, unknown_differs=hub.settings.search_negations_match_unknown
    )
    sought = words(text_or(body, "query"))
    seen_until = hub.now() - hub.settings.search_delay
    found = []
    for contact in _candidates(portal, groups, use_indexes=not hub.settings.search_delay):
        is_settled = contact.updated_at <= seen_until
        values = contact.values if is_settled else contact.values_at(seen_until)
        if values and passes(values, groups) and (not sought or mentions(values, sought)):
            found.append(contact)
    return found


def _candidates(portal: Portal, groups: Sequence[Group], *, use_indexes: bool) -> Iterable[Contact]:
    """Return those who may match: of each group, whom its most telling index names."""
    if not groups or not use_indexes:
        return store.living(portal)
    numbers: set[int] = set()
    for group in groups:
        known: list[Set[int]] = [
            portal.indexes.holding(one.definition, one.sought, store.living(portal))
            for one in group
            if one.sought is not None
        ]
        if not known:
            return store.living(portal)
        fewest = min(known, key=len)
        numbers.update(fewest)
    return map(portal.contacts.__getitem__, sorted(numbers))


def _sorted(portal: Portal, found: list[Contact], name: str, *, descending: bool) -> list[Contact]:
    """Return ``found`` by the values of ``name``; assumed: those without one come last."""
    definition = portal.properties[name]
    known = [contact for contact in found if name in contact.values]
    known.sort(key=lambda contact: order(definition, contact.values), reverse=descending)
    return known + [contact for contact in found if name not in contact.values]


def _sort(portal: Portal, body: Mapping[str, Any]) -> dict[str, Any] | None:
    sorts = body.get("sorts")
    if not sorts:
        return None
    if not isinstance(sorts, list) or len(sorts) > 1:
        raise invalid("A search takes at most one sort.")
    if isinstance(sorts[0], str):
        name, direction = sorts[0].lstrip("-"), _DIRECTIONS[sorts[0].startswith("-")]
    else:
        one = as_object(sorts[0], "propertyName")
        name, direction = text_or(one, "propertyName"), text_or(one, "direction", _DIRECTIONS[0])
    if name not in portal.properties:
        raise invalid(f"There was a problem with the request. Property '{name}' does not exist.")
    if direction not in _DIRECTIONS:
        raise invalid(f"'{direction}' is not a direction: use one of {', '.join(_DIRECTIONS)}.")
    return {"name": name, "descending": direction == _DIRECTIONS[1]}


def _page(body: Mapping[str, Any]) -> tuple[int, int]:
    limit, after = number_or(body, "limit", 10), number_of(text_or(body, "after") or "0")
    if not 0 <= limit <= _LARGEST_PAGE:
        raise invalid(f"limit must be a number between 0 and {_LARGEST_PAGE}, not '{limit}'")
    if after is None or after + limit > _LAST_RESULT:
        raise invalid(f"after must be an offset, and a search ends at {_LAST_RESULT} results.")
    return limit, after


ROUTES = routes(ROOTS, ("POST", "/search", search_contacts, SPEC, "contacts#found"))
