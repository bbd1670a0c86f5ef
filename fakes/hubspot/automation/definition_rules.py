"""Whether a custom action's definition holds together."""

from collections.abc import Iterable, Mapping
from typing import Any

from fakes.hubspot.automation.forms import (
    ANYTHING,
    FLAG,
    LOOSE,
    NUMBER,
    TEXT,
    ByName,
    Form,
    refuse_misshapen,
)
from fakes.hubspot.errors import invalid, missing_fields

REQUIRED = ("actionUrl", "inputFields", "labels", "objectTypes", "published")
"""What a new definition must have.

Source: HubSpot developer docs, Custom workflow actions (spec); ``functions`` may be left out (many).
"""

TYPES = frozenset(
    (
        "bool", "date", "datetime", "enumeration", "json", "number", "object_coordinates",
        "phone_number", "string",
    )
)  # fmt: skip
"""The types of a field. Source: HubSpot developer docs, Custom workflow actions (spec)."""

FIELD_TYPES = frozenset(
    (
        "booleancheckbox", "calculation_equation", "checkbox", "date", "file", "html", "number",
        "phonenumber", "radio", "select", "text", "textarea",
    )
)  # fmt: skip
"""How a field is shown. Source: HubSpot developer docs, Custom workflow actions (spec)."""

LOCALES = frozenset(
    (
        "en", "fr", "de", "ja", "es", "pt-br", "nl", "it", "pl", "sv", "da-dk", "fi", "no",
        "zh-cn", "zh-tw",
    )
)  # fmt: skip
"""The languages of labels; ``en`` is required.

Source: HubSpot developer docs, Custom workflow actions (docs).
"""

_FIELD: Form = {
    "typeDefinition": {
        "name": TEXT,
        "type": TEXT,
        "fieldType": TEXT,
        "options": [{"value": LOOSE, "label": TEXT, "displayOrder": NUMBER}],
        "optionsUrl": TEXT,
        "referencedObjectType": TEXT,
    },
    "supportedValueTypes": [TEXT],
    "isRequired": FLAG,
}
_LABELS: Form = {
    "actionName": TEXT,
    "actionDescription": TEXT,
    "actionCardContent": TEXT,
    "appDisplayName": TEXT,
    "inputFieldLabels": ByName(TEXT),
    "inputFieldDescriptions": ByName(TEXT),
    "inputFieldOptionLabels": ByName(ByName(TEXT)),
    "outputFieldLabels": ByName(TEXT),
    "executionRules": ByName(TEXT),
}
_DEPENDENCY: Form = {
    "dependencyType": TEXT,
    "controllingFieldName": TEXT,
    "controllingFieldValue": TEXT,
    "dependentFieldNames": [TEXT],
}
FORM: Form = {
    "actionUrl": TEXT,
    "objectTypes": [TEXT],
    "published": FLAG,
    "inputFields": [_FIELD],
    "inputFieldDependencies": [_DEPENDENCY],
    "outputFields": [_FIELD],
    "objectRequestOptions": {"properties": [TEXT]},
    "labels": ByName(_LABELS),
    "executionRules": [{"labelName": TEXT, "conditions": ByName(ANYTHING)}],
    "functions": [
        {"functionType": TEXT, "id": TEXT, "functionSource": TEXT},
    ],
}
"""What a definition looks like.

Source: HubSpot developer docs, Custom workflow actions (spec).
"""

FUNCTION_TYPES = frozenset(
    ("PRE_ACTION_EXECUTION", "POST_ACTION_EXECUTION", "PRE_FETCH_OPTIONS", "POST_FETCH_OPTIONS")
)
"""When a function would run. Source: HubSpot developer docs, Custom workflow actions (spec)."""

_VALUE_TYPES = frozenset(("STATIC_VALUE", "OBJECT_PROPERTY"))
_DEPENDENCIES = frozenset(("SINGLE_FIELD", "CONDITIONAL_SINGLE_FIELD"))
_FIELD_LABELS = ("inputFieldLabels", "inputFieldDescriptions", "inputFieldOptionLabels")


def refuse_flawed(body: Mapping[str, Any]) -> None:
    """Refuse a definition that does not hold together.

    Source: HubSpot developer docs, Custom workflow actions (docs). Assumed: the sentences.

    Raises:
        RefusedError: A field, dependency, label or rule names what is not there.
    """
    refuse_misshapen(body, FORM)
    if missing := [name for name in REQUIRED if body.get(name) is None]:
        raise missing_fields(missing)
    inputs = _names(body["inputFields"])
    outputs = _names(body.get("outputFields") or ())
    for field in (*body["inputFields"], *(body.get("outputFields") or ())):
        _refuse_type(field)
    for field in body["inputFields"]:
        _refuse_field(field)
    for function in body.get("functions") or ():
        if function.get("functionType") not in FUNCTION_TYPES:
            raise invalid(f"The functionType '{function.get('functionType')}' is unknown.")
    for dependency in body.get("inputFieldDependencies") or ():
        _refuse_dependency(dependency, inputs)
    _refuse_all_labels(body, inputs, outputs)


def field_name(field: Mapping[str, Any]) -> str:
    """Return the name of an input or output field."""
    return str((field.get("typeDefinition") or {}).get("name") or "")


def _names(fields: Iterable[Mapping[str, Any]]) -> set[str]:
    names = [field_name(field) for field in fields]
    if not all(names):
        raise missing_fields(["typeDefinition.name"])
    if len(names) != len(set(names)):
        raise invalid("Two fields of a custom action cannot have the same name.")
    return set(names)


def _refuse_type(field: Mapping[str, Any]) -> None:
    kind, shown = field["typeDefinition"].get("type"), field["typeDefinition"].get("fieldType")
    if shown is not None and shown not in FIELD_TYPES:
        raise invalid(f"The fieldType '{shown}' of the field '{field_name(field)}' is unknown.")
    if kind not in TYPES:
        raise invalid(f"The type '{kind}' of the field '{field_name(field)}' is unknown.")


def _refuse_field(field: Mapping[str, Any]) -> None:
    definition, name = field["typeDefinition"], field_name(field)
    if not _VALUE_TYPES.issuperset(field.get("supportedValueTypes") or ()):
        raise invalid(f"supportedValueTypes of '{name}' must be among {sorted(_VALUE_TYPES)}.")
    has_choices = definition.get("options") or definition.get("optionsUrl")
    if definition["type"] == "enumeration" and not (has_choices or _refers(definition)):
        raise invalid(f"The enumeration field '{name}' needs options or an optionsUrl.")


def _refers(definition: Mapping[str, Any]) -> bool:
    return bool(definition.get("referencedObjectType"))


def _refuse_dependency(dependency: Mapping[str, Any], inputs: set[str]) -> None:
    if dependency.get("dependencyType") not in _DEPENDENCIES:
        raise invalid(f"The dependencyType '{dependency.get('dependencyType')}' is unknown.")
    is_conditional = dependency["dependencyType"] == "CONDITIONAL_SINGLE_FIELD"
    if is_conditional and dependency.get("controllingFieldValue") is None:
        raise missing_fields(["controllingFieldValue"])
    named = [dependency.get("controllingFieldName"), *(dependency.get("dependentFieldNames") or ())]
    if unknown := [name for name in named if name not in inputs]:
        raise invalid(f"A dependency names fields that are not there: {unknown}")


def _refuse_all_labels(body: Mapping[str, Any], inputs: set[str], outputs: set[str]) -> None:
    labels = body["labels"]
    if not labels.get("en"):
        raise invalid("Labels for the locale 'en' are required.")
    for locale, texts in labels.items():
        if texts:
            _refuse_labels(locale, texts, inputs, outputs)
    for rule in body.get("executionRules") or ():
        name = rule.get("labelName")
        if name not in (labels["en"].get("executionRules") or {}):
            raise invalid(f"No label in 'en' for the execution rule '{name}'.")


def _refuse_labels(
    locale: str, texts: Mapping[str, Any], inputs: set[str], outputs: set[str]
) -> None:
    if locale.lower() not in LOCALES:
        raise invalid(f"Labels for the locale '{locale}' are not supported.")
    if not texts.get("actionName"):
        raise invalid(f"The labels for '{locale}' need an actionName.")
    for key in _FIELD_LABELS:
        _refuse_unknown(locale, key, texts.get(key) or {}, inputs)
    _refuse_unknown(locale, "outputFieldLabels", texts.get("outputFieldLabels") or {}, outputs)


def _refuse_unknown(locale: str, key: str, named: Iterable[str], fields: set[str]) -> None:
    if unknown := [name for name in named if name not in fields]:
        raise invalid(f"labels.{locale}.{key} names fields that are not there: {unknown}")
