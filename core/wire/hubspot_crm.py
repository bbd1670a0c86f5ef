"""Contacts, properties, templates and events: requests to HubSpot, and what is read of its answers.

Source: HubSpot developer docs, "Contacts", "Properties", "Timeline events".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.domain.errors import ProviderDownError
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest, get, read_object, with_json

LARGEST_BATCH = 100
"""How many inputs a batch takes. Source: HubSpot developer docs, "API usage guidelines"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWrite:
    """New values for one contact.

    Args:
        contact_id: The contact.
        values: Property name to value; ``""`` clears.
        trace_id: What caused the write; HubSpot repeats it beside an error of this input.
    """

    contact_id: str
    values: Mapping[str, str]
    trace_id: str


def update_contacts(paths: Paths, writes: Iterable[ContactWrite]) -> VendorRequest:
    """Return the request that writes to at most 100 contacts at once."""
    inputs = [
        {
            "id": write.contact_id,
            "properties": dict(write.values),
            "objectWriteTraceId": write.trace_id,
        }
        for write in writes
    ]
    return with_json("POST", f"{paths.contacts}/batch/update", {"inputs": inputs})


def find_by_phone(paths: Paths, phone: str) -> VendorRequest:
    """Return the search for the contacts that ``phone`` (E.164) belongs to.

    The computed international number is compared, since people write numbers in any form.
    """
    groups = [
        {"filters": [{"propertyName": name, "operator": "EQ", "value": phone}]}
        for name in ("hs_calculated_phone_number", "phone", "mobilephone")
    ]
    return with_json("POST", f"{paths.contacts}/search", {"filterGroups": groups, "limit": 1})


def parse_first_contact(body: bytes) -> str | None:
    """Return the id of the first contact found, or ``None``.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    found = _objects(read_object(body, "HubSpot's contact search"), "results")
    return _id(found[0]) if found else None


def read_contact(paths: Paths, contact_id: str, properties: Iterable[str]) -> VendorRequest:
    """Return the question what a contact's properties hold."""
    return get(f"{paths.contacts}/{contact_id}", properties=",".join(properties))


def parse_properties(body: bytes) -> dict[str, str]:
    """Return a contact's properties, those without a value left out.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    properties = read_object(body, "HubSpot's contact").get("properties")
    if not isinstance(properties, dict):
        msg = "HubSpot answered a contact without properties"
        raise ProviderDownError(msg)
    return {name: str(value) for name, value in properties.items() if value not in {None, ""}}


def create_property(paths: Paths, definition: Mapping[str, Any]) -> VendorRequest:
    """Return the request that creates a contact property, or restores one that was archived."""
    return with_json("POST", paths.properties, definition)


def list_templates(paths: Paths, app_id: int) -> VendorRequest:
    """Return the question which event templates the app has."""
    return get(paths.event_templates.format(app_id=app_id))


def create_template(paths: Paths, app_id: int, definition: Mapping[str, Any]) -> VendorRequest:
    """Return the request that creates an event template."""
    return with_json("POST", paths.event_templates.format(app_id=app_id), definition)


def list_actions(paths: Paths, app_id: int) -> VendorRequest:
    """Return the question which workflow actions the app has."""
    return get(f"{paths.actions}/{app_id}", limit="100")


def create_action(paths: Paths, app_id: int, definition: Mapping[str, Any]) -> VendorRequest:
    """Return the request that creates the workflow action."""
    return with_json("POST", f"{paths.actions}/{app_id}", definition)


def update_action(
    paths: Paths, app_id: int, definition_id: str, definition: Mapping[str, Any]
) -> VendorRequest:
    """Return the request that brings the workflow action up to date: a new revision of it."""
    return with_json("PATCH", f"{paths.actions}/{app_id}/{definition_id}", definition)


def parse_named_ids(body: bytes, name: str) -> dict[str, str]:
    """Return ``{item[name]: item["id"]}`` of a list answer's ``results``.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    results = _objects(read_object(body, "HubSpot's list"), "results")
    return {str(item.get(name)): _id(item) for item in results}


def parse_id(body: bytes) -> str:
    """Return the id of what was created.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    return _id(read_object(body, "HubSpot"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One event for a contact's timeline.

    Args:
        id: Unique for the app and template; the same id again replaces the event.
        template_id: The event template.
        contact_id: The contact.
        timestamp: When it happened, ISO 8601 with its offset.
        tokens: The template's values.
    """

    id: str
    template_id: str
    contact_id: str
    timestamp: str
    tokens: Mapping[str, str]


def create_events(paths: Paths, events: Iterable[TimelineEvent]) -> VendorRequest:
    """Return the request that puts events on timelines, at most 100 at once."""
    inputs = [
        {
            "eventTemplateId": event.template_id,
            "id": event.id,
            "objectId": event.contact_id,
            "timestamp": event.timestamp,
            "tokens": dict(event.tokens),
        }
        for event in events
    ]
    return with_json("POST", paths.events_batch, {"inputs": inputs})


def parse_batch_errors(body: bytes) -> tuple[str, ...]:
    """Return the messages of the inputs that a batch refused; empty when all were taken.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    answer = {"errors": [], **read_object(body, "HubSpot's batch")}
    return tuple(str(error.get("message") or error) for error in _objects(answer, "errors"))


def _objects(answer: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    items = answer.get(name)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        msg = f"HubSpot answered without a list of objects as {name}"
        raise ProviderDownError(msg)
    return items


def _id(item: Mapping[str, Any]) -> str:
    found = item.get("id")
    if not isinstance(found, str | int):
        msg = "HubSpot answered without an id"
        raise ProviderDownError(msg)
    return str(found)
