"""Groups of properties."""

from dataclasses import replace

import orjson
from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import read_object
from fakes.hubspot.crm.definitions import Group
from fakes.hubspot.crm.properties import READS, ROOTS, SPEC, WRITE
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.shapes import number_or, text_or
from fakes.hubspot.state import Portal
from fakes.kit.answers import empty_answer, json_answer


async def list_groups(call: HubCall) -> Response:
    """Answer ``GET …/groups``."""
    portal = account(call, *READS).portal
    locale = call.query("locale") or "en"
    found = [group.as_json(locale) for group in portal.groups.values() if not group.archived]
    return json_answer({"results": found})


async def read_group(call: HubCall) -> Response:
    """Answer ``GET …/groups/{group}``."""
    portal = account(call, *READS).portal
    return json_answer(_named(portal, call.params["group"]).as_json(call.query("locale") or "en"))


async def create_group(call: HubCall) -> Response:
    """Answer ``POST …/groups``."""
    portal = account(call, WRITE).portal
    body = await read_object(call, "name", "label")
    name = text_or(body, "name")
    if name in portal.groups and not portal.groups[name].archived:
        raise RefusedError(409, f"A property group named '{name}' already exists.", Category.EXISTS)
    order = number_or(body, "displayOrder", -1)
    made = Group(name=name, label=text_or(body, "label"), display_order=order)
    portal.groups[name] = made
    return json_answer(made.as_json(), 201)


async def update_group(call: HubCall) -> Response:
    """Answer ``PATCH …/groups/{group}``."""
    portal = account(call, WRITE).portal
    group = _named(portal, call.params["group"])
    body = await read_object(call)
    changed = replace(
        group,
        label=text_or(body, "label", group.label),
        display_order=number_or(body, "displayOrder", group.display_order),
    )
    portal.groups[group.name] = changed
    return json_answer(changed.as_json())


async def archive_group(call: HubCall) -> Response:
    """Answer ``DELETE …/groups/{group}``; one with living properties stays."""
    portal = account(call, WRITE).portal
    group = _named(portal, call.params["group"])
    if any(definition.group == group.name for definition in portal.properties.values()):
        nested = {
            "status": "error",
            "message": f"The group {group.name} still has active properties.",
            "category": Category.VALIDATION,
            "subCategory": "PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES",
        }
        raise invalid(orjson.dumps(nested).decode())
    portal.groups[group.name] = replace(group, archived=True)
    return empty_answer()


def _named(portal: Portal, name: str) -> Group:
    found = portal.groups.get(name)
    if found is None or found.archived:
        raise RefusedError(404, f'Property group "{name}" does not exist', Category.NOT_FOUND)
    return found


ROUTES = routes(
    tuple(f"{root}/groups" for root in ROOTS),
    ("GET", "", list_groups, SPEC, "properties#groups"),
    ("POST", "", create_group, SPEC, "properties#group"),
    ("GET", "/{group}", read_group, SPEC, "properties#group"),
    ("PATCH", "/{group}", update_group, SPEC, "properties#group"),
    ("DELETE", "/{group}", archive_group, SPEC, NO_JSON),
)
