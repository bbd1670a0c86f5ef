"""Whether a property may hold a value, and the form in which it is kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import orjson

from fakes.hubspot.choices import Unwelcome
from fakes.hubspot.crm.definitions import Option, Property
from fakes.hubspot.errors import RefusedError, invalid
from fakes.hubspot.settings import Settings
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso, read_moment

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?")
_LONGEST_TEXT = 65_536
_MARKETING = "hs_marketable_status"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one property of a write.

    Source: codes and sentences seen in many clients' logs.
    """

    code: str
    message: str
    name: str
    value: str


def text_of(value: Any) -> str:
    """Return a JSON value as the text that HubSpot keeps; nothing is the empty text."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return orjson.dumps(value).decode()


def writable(settings: Settings, properties: Any) -> Any:
    """Return what a call of the API may write: all of it, or what is not silently left as it is."""
    if settings.marketing_writes is Unwelcome.REFUSED or not isinstance(properties, Mapping):
        return properties
    return {name: value for name, value in properties.items() if name != _MARKETING}


def checked(
    portal: Portal, properties: Any, held: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the values as they will be kept; an empty one clears.

    Args:
        portal: The account, which defines the properties.
        properties: What is to be written: an object of values by name.
        held: What the contact holds, for values that add to it.

    Raises:
        RefusedError: Some cannot be written, and all of them are listed; or it is no object.
    """
    if not isinstance(properties, Mapping):
        raise invalid("Invalid input JSON on line 1, column 1: properties must be an object")
    flaws: list[Flaw] = []
    kept: dict[str, str] = {}
    definitions = portal.properties
    for name, given in properties.items():
        if isinstance(given, (list, dict)):
            raise invalid(f"Invalid input JSON on line 1, column 1: {name} must be a text")
        value = given if isinstance(given, str) else text_of(given)
        found = _check(definitions.get(name), name, value, held)
        if isinstance(found, str):
            kept[name] = found
        else:
            flaws.append(found)
    if flaws:
        raise _refused(portal, flaws)
    return kept


def _check(
    definition: Property | None, name: str, value: str, held: Mapping[str, str] | None
) -> str | Flaw:
    if definition is None:
        return Flaw("PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist', name, value)
    if definition.read_only:
        kind = "calculated" if definition.calculated else "read only"
        said = f'"{name}" is a {kind} property; its value cannot be set.'
        return Flaw("READ_ONLY_VALUE", said, name, value)
    if not value:
        return ""
    if value[0] == ";" and definition.field_type == "checkbox":
        value = _added((held or {}).get(name, ""), value)
        if not value:
            return ""
    check = _email if name == "email" else _KINDS[definition.type]
    return check(definition, value)


def _email(definition: Property, value: str) -> str | Flaw:
    kept = value.strip().lower()
    if _EMAIL.fullmatch(kept):
        return kept
    return Flaw("INVALID_EMAIL", f"Email address {value} is invalid", definition.name, value)


def _text(definition: Property, value: str) -> str | Flaw:
    if len(value) <= _LONGEST_TEXT:
        return value
    said = f"The value is longer than {_LONGEST_TEXT} characters."
    return Flaw("PROPERTY_VALUE_TOO_LONG", said, definition.name, value)


def _bool(definition: Property, value: str) -> str | Flaw:
    kept = value.lower()
    if kept in ("true", "false"):
        return kept
    said = f"{value} was not one of the allowed options: [true, false]"
    return Flaw("INVALID_OPTION", said, definition.name, value)


def _choice(definition: Property, value: str) -> str | Flaw:
    allowed = [option.value for option in definition.options]
    chosen = value.split(";") if definition.field_type == "checkbox" else [value]
    if all(choice in allowed for choice in chosen):
        return value
    listed = ", ".join(map(_written, definition.options))
    said = f"{value} was not one of the allowed options: [{listed}]"
    return Flaw("INVALID_OPTION", said, definition.name, value)


def _written(option: Option) -> str:
    return (
        f'label: "{option.label}"\nvalue: "{option.value}"\n'
        f"display_order: {option.display_order}\nhidden: {str(option.hidden).lower()}\n"
        "read_only: false\n"
    )


def _number(definition: Property, value: str) -> str | Flaw:
    if _DECIMAL.fullmatch(value):
        return value
    return Flaw("INVALID_INTEGER", f"{value} was not a valid number.", definition.name, value)


def _date(definition: Property, value: str) -> str | Flaw:
    moment = _moment(value)
    if moment is None:
        return _not_a_moment(definition, value)
    if moment.timetz() == time(tzinfo=UTC):
        return moment.date().isoformat()
    said = f"{value} is at {moment.timetz().isoformat(timespec='milliseconds')[:12]} UTC, not midnight!"
    return Flaw("INVALID_DATE", said, definition.name, value)


def _datetime(definition: Property, value: str) -> str | Flaw:
    moment = _moment(value)
    return _not_a_moment(definition, value) if moment is None else iso(moment)


def _not_a_moment(definition: Property, value: str) -> Flaw:
    return Flaw("INVALID_LONG", f"{value} was not a valid long.", definition.name, value)


def _moment(value: str) -> datetime | None:
    """Return the moment, to the millisecond; a text with spaces around it is none."""
    moment = read_moment(value) if value == value.strip() else None
    return moment and moment.replace(microsecond=moment.microsecond // 1000 * 1000)


_KINDS: Mapping[str, Callable[[Property, str], str | Flaw]] = {
    "string": _text,
    "phone_number": _text,
    "bool": _bool,
    "enumeration": _choice,
    "number": _number,
    "date": _date,
    "datetime": _datetime,
}


def _added(held: str, value: str) -> str:
    return ";".join(dict.fromkeys(choice for choice in f"{held}{value}".split(";") if choice))


def _refused(portal: Portal, flaws: list[Flaw]) -> RefusedError:
    listed = [
        {
            "isValid": False,
            "message": flaw.message,
            "error": flaw.code,
            "name": flaw.name,
            "localizedErrorMessage": flaw.message,
            "propertyValue": flaw.value,
            "portalId": portal.id,
        }
        for flaw in flaws
    ]
    return invalid(
        f"Property values were not valid: {orjson.dumps(listed).decode()}",
        errors=[
            {
                "message": flaw.message,
                "code": flaw.code,
                "context": {"propertyName": [flaw.name]},
            }
            for flaw in flaws
        ],
    )
