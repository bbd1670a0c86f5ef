"""The properties of contacts: reading, defining, changing, deleting."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.bodies import as_object, inputs_of, is_true, read_object
from fakes.hubspot.crm.definitions import FIELD_TYPES, TYPES, Option, Property
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

READS = ("crm.schemas.contacts.read", "crm.objects.contacts.read")
WRITE = "crm.schemas.contacts.write"
SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Properties")
ROOTS = tuple(
    f"{root}/{object_type}"
    for root in ("/crm/v3/properties", "/crm/properties/2026-03")
    for object_type in ("contacts", "contact", "0-1")
)

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_REQUIRED = ("groupName", "name", "label", "type", "fieldType")


async def list_properties(call: HubCall) -> Response:
    """Answer ``GET …/contacts``: all of them, in the language asked."""
    portal = account(call, *READS).portal
    archived, locale = is_true(call, "archived"), call.query("locale") or "en"
    found = [
        as_json(definition, locale)
        for definition in portal.properties.values()
        if (definition.archived_at is not None) is archived
    ]
    return json_answer({"results": found})


async def read_property(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{name}``."""
    portal = account(call, *READS).portal
    definition = _named(portal, call.params["name"], archived=is_true(call, "archived"))
    return json_answer(as_json(definition, call.query("locale") or "en"))


async def create_property(call: HubCall) -> Response:
    """Answer ``POST …/contacts``; the name of a deleted property brings it back."""
    portal = account(call, WRITE).portal
    body = await read_object(call, *_REQUIRED)
    return json_answer(as_json(create(call.party, portal, body)), 201)


async def update_property(call: HubCall) -> Response:
    """Answer ``PATCH …/contacts/{name}``; ``options`` replaces the whole list."""
    portal = account(call, WRITE).portal
    definition = _named(portal, call.params["name"])
    body = await read_object(call)
    _refuse_hubspots(definition)
    changed = replace(
        definition,
        label=body.get("label", definition.label),
        group=body.get("groupName", definition.group),
        description=body.get("description", definition.description),
        type=body.get("type", definition.type),
        field_type=body.get("fieldType", definition.field_type),
        hidden=body.get("hidden", definition.hidden),
        form_field=body.get("formField", definition.form_field),
        display_order=body.get("displayOrder", definition.display_order),
        options=_options(body["options"]) if "options" in body else definition.options,
        updated_at=call.party.now(),
    )
    _refuse_misfit(portal, changed)
    portal.properties[changed.name] = changed
    return json_answer(as_json(changed))


async def archive_property(call: HubCall) -> Response:
    """Answer ``DELETE …/contacts/{name}``; one that a workflow uses stays."""
    portal = account(call, WRITE).portal
    definition = _named(portal, call.params["name"])
    _refuse_hubspots(definition)
    _refuse_used(portal, definition.name)
    portal.properties[definition.name] = replace(definition, archived_at=call.party.now())
    return empty_answer()


async def create_batch(call: HubCall) -> Response:
    """Answer ``POST …/contacts/batch/create``."""
    portal = account(call, WRITE).portal
    inputs = [as_object(item, *_REQUIRED) for item in inputs_of(await read_object(call))]
    made = [as_json(create(call.party, portal, item)) for item in inputs]
    now = iso(call.party.now())
    body = {"status": "COMPLETE", "results": made, "startedAt": now, "completedAt": now}
    return json_answer(body, 201)


async def read_batch(call: HubCall) -> Response:
    """Answer ``POST …/contacts/batch/read``."""
    portal = account(call, *READS).portal
    names = [str(as_object(item, "name")["name"]) for item in inputs_of(await read_object(call))]
    found = [as_json(portal.properties[name]) for name in names if name in portal.properties]
    now = iso(call.party.now())
    return json_answer(
        {"status": "COMPLETE", "results": found, "startedAt": now, "completedAt": now}
    )


def create(hub: Hub, portal: Portal, body: Mapping[str, Any]) -> Property:
    """Return a new property, or the deleted one of that name brought back as ``body`` says.

    Raises:
        RefusedError: The name is taken (409), or the definition is wrong (400).
    """
    name, now = str(body["name"]), hub.now()
    earlier = portal.properties.get(name)
    if earlier is not None and earlier.archived_at is None:
        raise RefusedError(
            409,
            f"A property named '{name}' already exists.",
            Category.EXISTS,
            sub_category="Properties.PROPERTY_WITH_NAME_EXISTS",
        )
    made = Property(
        name=name,
        label=str(body["label"]),
        group=str(body["groupName"]),
        type=str(body["type"]),
        field_type=str(body["fieldType"]),
        description=str(body.get("description") or ""),
        options=_options(body.get("options") or ()),
        display_order=int(body.get("displayOrder", -1)),
        hidden=bool(body.get("hidden")),
        form_field=bool(body.get("formField")),
        unique=bool(body.get("hasUniqueValue")),
        created_at=earlier.created_at if earlier else now,
        updated_at=now,
    )
    _refuse_misfit(portal, made)
    portal.properties[name] = made
    if made.unique:
        portal.unique_values.setdefault(name, {})
    hub.event("property.created", portalId=portal.id, property=name, restored=earlier is not None)
    return made


def as_json(definition: Property, locale: str = "en") -> dict[str, Any]:
    """Return a property as the API shows it.

    Source: HubSpot developer docs, Properties (spec).
    """
    translated = definition.label_fr if locale == "fr" else None
    shown = {
        "updatedAt": iso(definition.updated_at),
        "createdAt": iso(definition.created_at),
        "name": definition.name,
        "label": translated or definition.label,
        "type": definition.type,
        "fieldType": definition.field_type,
        "description": definition.description,
        "groupName": definition.group,
        "options": [option.as_json(locale) for option in definition.options],
        "displayOrder": definition.display_order,
        "calculated": definition.calculated,
        "externalOptions": False,
        "archived": definition.archived_at is not None,
        "hasUniqueValue": definition.unique,
        "hidden": definition.hidden,
        "hubspotDefined": definition.hubspot_defined,
        "modificationMetadata": {
            "archivable": not definition.hubspot_defined,
            "readOnlyDefinition": definition.hubspot_defined,
            "readOnlyValue": definition.read_only,
        },
        "formField": definition.form_field,
        "dataSensitivity": "non_sensitive",
    }
    if definition.archived_at is not None:
        shown["archivedAt"] = iso(definition.archived_at)
    return shown


def _named(portal: Portal, name: str, *, archived: bool = False) -> Property:
    found = portal.properties.get(name)
    if found is None or (found.archived_at is not None) is not archived:
        raise RefusedError(404, f'Property "{name}" does not exist', Category.NOT_FOUND)
    return found


def _options(listed: Any) -> tuple[Option, ...]:
    return tuple(
        Option(
            label=str(as_object(item, "label", "value")["label"]),
            value=str(item["value"]),
            description=str(item.get("description") or ""),
            display_order=int(item.get("displayOrder", -1)),
            hidden=bool(item.get("hidden")),
        )
        for item in listed
    )


def _refuse_misfit(portal: Portal, made: Property) -> None:
    if not _NAME.fullmatch(made.name):
        raise invalid(
            f"Property name '{made.name}' must begin with a letter and hold only lower case "
            "letters, digits and underscores."
        )
    if made.group not in portal.groups or portal.groups[made.group].archived:
        raise invalid(f"The property group '{made.group}' does not exist.")
    if made.type not in TYPES or made.type not in FIELD_TYPES.get(made.field_type, ()):
        raise invalid(f"The fieldType '{made.field_type}' does not fit the type '{made.type}'.")
    values = [option.value for option in made.options]
    if len(values) != len(set(values)):
        raise invalid("Property option values must be unique.")
    if made.type == "enumeration" and not values:
        raise invalid("Enumeration properties must have at least one option.")
    if made.field_type == "booleancheckbox" and values and sorted(values) != ["false", "true"]:
        raise invalid("A single checkbox must have exactly the options 'true' and 'false'.")


def _refuse_hubspots(definition: Property) -> None:
    if definition.hubspot_defined:
        raise invalid(f"{definition.name} is defined by HubSpot and cannot be changed.")


def _refuse_used(portal: Portal, name: str) -> None:
    users = [flow for flow in portal.flows.values() if name in flow.watched]
    if users:
        raise invalid(
            f"Property: {name} of object type 0-1 is currently used in {len(users)} places "
            "and cannot be deleted",
            sub_category="PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE",
            errors=[
                {
                    "message": f"{name} is in use",
                    "context": {
                        "parentType": ["WORKFLOW"],
                        "parentName": [str(flow.body.get("name", ""))],
                    },
                }
                for flow in users
            ],
        )


ROUTES = routes(
    ROOTS,
    ("GET", "", list_properties, SPEC),
    ("POST", "", create_property, SPEC),
    ("GET", "/{name}", read_property, SPEC),
    ("PATCH", "/{name}", update_property, SPEC),
    ("DELETE", "/{name}", archive_property, SPEC),
    ("POST", "/batch/create", create_batch, SPEC),
    ("POST", "/batch/read", read_batch, SPEC),
)
