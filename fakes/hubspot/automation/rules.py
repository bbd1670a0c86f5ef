"""The sentence that a workflow's history shows for an execution."""

import re
from collections.abc import Mapping
from typing import Any

from fakes.hubspot.crm.values import text_of

_FIELD = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")


def rule_message(
    definition: Mapping[str, Any], outputs: Mapping[str, Any], locale: str
) -> str | None:
    """Return the message of the first execution rule that ``outputs`` meet, or ``None``.

    A condition is a value or a list of values; outputs that no condition names are free.
    Source: HubSpot developer docs, Custom workflow actions (docs).
    """
    for rule in definition.get("executionRules") or ():
        if _met(rule.get("conditions") or {}, outputs):
            text = _label(definition["labels"], locale, str(rule.get("labelName")))
            return _FIELD.sub(lambda field: text_of(outputs.get(field.group(1))), text)
    return None


def _met(conditions: Mapping[str, Any], outputs: Mapping[str, Any]) -> bool:
    return all(
        text_of(outputs.get(name)) in [text_of(value) for value in _listed(wanted)]
        for name, wanted in conditions.items()
    )


def _listed(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _label(labels: Mapping[str, Any], locale: str, name: str) -> str:
    for tongue in (locale, "en"):
        text = ((labels.get(tongue) or {}).get("executionRules") or {}).get(name)
        if text:
            return str(text)
    return name
