"""Making, changing and deleting properties: what a definition must be, and what stands in the way."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from fakes.hubspot.bodies import as_object
from fakes.hubspot.choices import ArchivedProperty, OddName
from fakes.hubspot.crm import ownership
from fakes.hubspot.crm.definitions import FIELD_TYPES, TYPES, Option, Property
from fakes.hubspot.crm.uses import refuse_used
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import flag_in, number_or, objects_in, text_or
from fakes.hubspot.state import Portal

REQUIRED = ("groupName", "name", "label", "type", "fieldType")
"""What the body of a create must have. Source: HubSpot developer docs, Properties (spec)."""

RESTORABLE = timedelta(days=90)
"""How long a deleted property can be read. Source: HubSpot knowledge base (docs)."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
_ODD = re.compile(r"[^a-z0-9_]+")
_MOST_UNIQUE = 10


def named(hub: Hub, portal: Portal, name: str, *, archived: bool = False) -> Property:
    """Return a property that lives, or one that is deleted and still kept.

    Raises:
        RefusedError: There is none (404).
    """
    found = (portal.archived_properties if archived else portal.properties).get(name)
    if found is None or not is_kept(found, hub.now()):
        raise RefusedError(404, f'Property "{name}" does not exist', Category.NOT_FOUND)
    return found


def is_kept(definition: Property, now: datetime) -> bool:
    """Return whether a property lives, or was deleted so lately that it is still kept."""
    return definition.archived_at is None or now - definition.archived_at <= RESTORABLE


def create(hub: Hub, portal: Portal, body: Mapping[str, Any]) -> Property:
    """Return a new property, or the deleted one of that name brought back as ``body`` says.

    Raises:
        RefusedError: The name is taken (409), or the definition is wrong (400).
    """
    name, now = text_or(as_object(body, *REQUIRED), "name"), hub.now()
    if hub.settings.odd_property_name is OddName.MENDED:
        name = _ODD.sub("_", name.lower())
    earlier = portal.archived_properties.get(name)
    if earlier is not None and not is_kept(earlier, now):
        earlier = None
    is_taken = earlier is not None and hub.settings.archived_property is ArchivedProperty.TAKEN
    if name in portal.properties or is_taken:
        raise RefusedError(
            409,
            f"A property named '{name}' already exists.",
            Category.EXISTS,
            sub_category="Properties.PROPERTY_WITH_NAME_EXISTS",
        )
    blank = Property(name=name, label="", group="", type="", field_type="")
    made = replace(
        _changed(blank, body),
        unique=flag_in(body, "hasUniqueValue"),
        created_at=earlier.created_at if earlier else now,
        updated_at=now,
    )
    _refuse_misfit(portal, made)
    portal.archived_properties.pop(name, None)
    portal.properties[name] = made
    if made.unique:
        _make_unique(portal, name)
    hub.event("property.created", portalId=portal.id, property=name, restored=earlier is not None)
    return made


def update(hub: Hub, portal: Portal, definition: Property, body: Mapping[str, Any]) -> Property:
    """Return a property as ``body`` changes it; ``options``, when given, replace the whole list.

    Raises:
        RefusedError: It is HubSpot's, or would not hold.
    """
    _refuse_hubspots(definition)
    changed = replace(_changed(definition, body), updated_at=hub.now())
    _refuse_misfit(portal, changed)
    portal.properties[changed.name] = changed
    return changed


def archive(hub: Hub, portal: Portal, definition: Property) -> None:
    """Delete a property; contacts keep its values, unseen, in case it comes back.

    Raises:
        RefusedError: It is HubSpot's, or something uses it.
    """
    _refuse_hubspots(definition)
    refuse_used(portal, definition.name)
    del portal.properties[definition.name]
    portal.unique_values.pop(definition.name, None)
    portal.archived_properties[definition.name] = replace(definition, archived_at=hub.now())


def _changed(before: Property, body: Mapping[str, Any]) -> Property:
    return replace(
        before,
        label=text_or(body, "label", before.label),
        group=text_or(body, "groupName", before.group),
        description=text_or(body, "description", before.description),
        type=text_or(body, "type", before.type),
        field_type=text_or(body, "fieldType", before.field_type),
        hidden=flag_in(body, "hidden", default=before.hidden),
        form_field=flag_in(body, "formField", default=before.form_field),
        display_order=number_or(body, "displayOrder", before.display_order),
        options=_options(body) if body.get("options") is not None else before.options,
    )


def _options(body: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(
        Option(
            label=text_or(as_object(item, "label", "value", "hidden"), "label"),
            value=text_or(item, "value"),
            description=text_or(item, "description"),
            display_order=number_or(item, "displayOrder", -1),
            hidden=flag_in(item, "hidden"),
        )
        for item in objects_in(body, "options")
    )


def _make_unique(portal: Portal, name: str) -> None:
    owners = portal.unique_values
    owners[name] = {}
    for contact in portal.contacts.values():
        if contact.archived_at is None:
            ownership.own(portal, name, contact)


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
    _refuse_options(made)
    others = sum(name != made.name for name in portal.unique_values) - 1
    if made.unique and others >= _MOST_UNIQUE:
        raise invalid(f"At most {_MOST_UNIQUE} properties may have unique values.")


def _refuse_options(made: Property) -> None:
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
