"""What an action's fields hold for one contact."""

import re
from collections.abc import Mapping
from typing import Any

from fakes.hubspot.automation.definition_rules import field_name
from fakes.hubspot.automation.records import Enrollment
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.crm.values import text_of

_TOKEN = re.compile(r"\{\{\s*(?:enrolled_object|contact)\.([A-Za-z0-9_]+)\s*\}\}")
_TYPES = {"number": "NUMBER", "bool": "BOOLEAN", "date": "DATE", "datetime": "DATETIME"}


def resolve_text(text: str, contact: Contact) -> str:
    """Return ``text`` with each ``{{ enrolled_object.name }}`` replaced; nothing known is empty.

    Source: seen in many workflows; resolution of empties: assumed.
    """
    return _TOKEN.sub(lambda token: contact.values.get(token.group(1), ""), text)


def resolve(value: Any, contact: Contact, enrollment: Enrollment | None = None) -> str:
    """Return what a field of a flow's action holds for ``contact``.

    Source: HubSpot developer docs, Workflows v4 (spec).

    Args:
        value: A text with tokens, or an object with a ``type``: a property, a static value, the
            moment, an output of an earlier action, or a property of the event that enrolled.
        contact: Whose properties fill it.
        enrollment: What the contact has gone through.
    """
    if not isinstance(value, Mapping):
        return resolve_text(text_of(value), contact)
    match value.get("type"):
        case "OBJECT_PROPERTY":
            return contact.values.get(str(value.get("propertyName")), "")
        case "FIELD_DATA":
            return _output(value, enrollment)
        case "ENROLLMENT_EVENT_PROPERTY":
            event = enrollment.event if enrollment is not None else None
            name = str(value.get("enrollmentEventPropertyToken") or value.get("propertyName"))
            return "" if event is None else event.properties.get(name, "")
        case _:
            return resolve_text(text_of(value.get("staticValue", value.get("value"))), contact)


def inputs_for(
    definition: Mapping[str, Any],
    fields: Mapping[str, Any],
    contact: Contact,
    enrollment: Enrollment | None = None,
    *,
    omits_empty: bool,
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the input fields of an execution, as texts and as typed values.

    Args:
        definition: The custom action, whose fields give the order.
        fields: What the flow's author gave.
        contact: Who is enrolled.
        enrollment: What the contact has gone through; ``None`` in a test of the action.
        omits_empty: Whether fields without a value are left out.
    """
    texts: dict[str, str] = {}
    typed: dict[str, dict[str, str]] = {}
    for field in definition["inputFields"]:
        name = field_name(field)
        text = resolve(fields[name], contact, enrollment) if name in fields else ""
        if text or not omits_empty:
            texts[name] = text
            type_ = _TYPES.get(field["typeDefinition"]["type"], "STRING")
            typed[name] = {"value": text, "type": type_}
    return texts, typed


def _output(value: Mapping[str, Any], enrollment: Enrollment | None) -> str:
    steps = enrollment.steps if enrollment is not None else []
    of_action = [step for step in steps if step.action_id == str(value.get("actionId"))]
    return text_of(of_action[-1].outputs.get(str(value.get("dataKey")))) if of_action else ""
