"""What an action's fields hold for one contact."""

import re
from collections.abc import Mapping
from typing import Any

from fakes.hubspot.automation.definition_rules import field_name
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.crm.values import text_of

_TOKEN = re.compile(r"\{\{\s*(?:enrolled_object|contact)\.([A-Za-z0-9_]+)\s*\}\}")
_TYPES = {"number": "NUMBER", "bool": "BOOLEAN", "date": "DATE", "datetime": "DATETIME"}


def resolve_text(text: str, contact: Contact) -> str:
    """Return ``text`` with each ``{{ enrolled_object.name }}`` replaced; nothing known is empty.

    Source: seen in many workflows; resolution of empties: assumed.
    """
    return _TOKEN.sub(lambda token: contact.values.get(token.group(1), ""), text)


def resolve(value: Any, contact: Contact) -> str:
    """Return what a field of a flow's action holds for ``contact``.

    Args:
        value: A text with tokens, or an object of type ``OBJECT_PROPERTY`` or ``STATIC_VALUE``.
        contact: Whose properties fill it.
    """
    if not isinstance(value, Mapping):
        return resolve_text(text_of(value), contact)
    if value.get("type") == "OBJECT_PROPERTY":
        return contact.values.get(str(value.get("propertyName")), "")
    static = value.get("staticValue", value.get("value"))
    return resolve_text(text_of(static), contact)


def inputs_for(
    definition: Mapping[str, Any],
    fields: Mapping[str, Any],
    contact: Contact,
    *,
    omits_empty: bool,
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the input fields of an execution, as texts and as typed values.

    Args:
        definition: The custom action, whose fields give the order.
        fields: What the flow's author gave.
        contact: Who is enrolled.
        omits_empty: Whether fields without a value are left out.
    """
    texts: dict[str, str] = {}
    typed: dict[str, dict[str, str]] = {}
    for field in definition["inputFields"]:
        name = field_name(field)
        text = resolve(fields[name], contact) if name in fields else ""
        if text or not omits_empty:
            texts[name] = text
            type_ = _TYPES.get(field["typeDefinition"]["type"], "STRING")
            typed[name] = {"value": text, "type": type_}
    return texts, typed
