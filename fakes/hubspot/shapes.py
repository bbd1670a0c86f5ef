"""The shape of JSON: each reader gives back one kind of value, or refuses the body that lacks it."""

from collections.abc import Mapping
from typing import Any, TypeGuard, TypeVar

from fakes.hubspot.errors import Category, RefusedError, missing_fields

T = TypeVar("T")


def text_in(body: Mapping[str, Any], name: str) -> str:
    """Return the text at ``name``; a number or a flag is read as its text.

    Source: HubSpot's parser turns plain values into text (many).

    Raises:
        RefusedError: It is missing, a list or an object.
    """
    value = optional_text_in(body, name)
    if value is None:
        raise missing_fields([name])
    return value


def optional_text_in(body: Mapping[str, Any], name: str) -> str | None:
    """Return the text at ``name``, or ``None`` when it is missing or null.

    Raises:
        RefusedError: It is a list or an object.
    """
    match body.get(name):
        case None:
            return None
        case str() as value:
            return value
        case bool() as value:
            return "true" if value else "false"
        case int() | float() as value:
            return str(value)
        case _:
            raise misshapen(name, "a text")


def text_or(body: Mapping[str, Any], name: str, default: str = "") -> str:
    """Return the text at ``name``, or ``default`` when it is missing or null.

    Raises:
        RefusedError: It is a list or an object.
    """
    value = optional_text_in(body, name)
    return default if value is None else value


def number_or(body: Mapping[str, Any], name: str, default: int) -> int:
    """Return the whole number of 32 bits at ``name``, or ``default`` when it is missing or null.

    Raises:
        RefusedError: It is something else.
    """
    value = number_in(body, name, least=-(2**31), most=2**31 - 1)
    return default if value is None else value


def flag_in(body: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
    """Return the flag at ``name``, or ``default`` when it is missing or null.

    Raises:
        RefusedError: It is something else.
    """
    return _optional(body, name, bool, "true or false", default)


def list_in(body: Mapping[str, Any], name: str) -> list[Any]:
    """Return the list at ``name``, empty when it is missing or null.

    Raises:
        RefusedError: It is something else.
    """
    return _optional(body, name, list, "a list", [])


def object_in(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the object at ``name``, empty when it is missing or null.

    Raises:
        RefusedError: It is something else.
    """
    return _optional(body, name, dict, "an object", {})


def texts_in(body: Mapping[str, Any], name: str) -> list[str]:
    """Return the list of texts at ``name``, empty when it is missing or null.

    Raises:
        RefusedError: It is something else.
    """
    found = list_in(body, name)
    if not all(isinstance(item, str) for item in found):
        raise misshapen(name, "a list of texts")
    return found


def objects_in(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the list of objects at ``name``, empty when it is missing or null.

    Raises:
        RefusedError: It is something else.
    """
    found = list_in(body, name)
    if not all(isinstance(item, dict) for item in found):
        raise misshapen(name, "a list of objects")
    return found


def number_in(body: Mapping[str, Any], name: str, *, least: int, most: int) -> int | None:
    """Return the whole number at ``name``, as a number or its digits; ``None`` when it is missing.

    Raises:
        RefusedError: It is something else, or not from ``least`` to ``most``.
    """
    value = body.get(name)
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        value = int(value) if len(value) <= _LONGEST_NUMBER else None
    elif value is None:
        return None
    if not _is_whole(value) or not least <= value <= most:
        raise misshapen(name, f"a whole number from {least} to {most}")
    return value


def number_of(text: str) -> int | None:
    """Return the number that an id in a path or a parameter writes, or ``None`` when it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else None


def misshapen(name: str, wanted: str) -> RefusedError:
    """Return the 400 of a value of the wrong kind. Assumed: its sentence, after its parser's."""
    return RefusedError(
        400,
        f"Invalid input JSON on line 1, column 1: expected {wanted} at '{name}'",
        Category.VALIDATION,
    )


_LONGEST_NUMBER = 20
"""Digits beyond which no number of HubSpot's goes; Python refuses to read endless ones."""


def _is_whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _optional(body: Mapping[str, Any], name: str, kind: type[T], wanted: str, default: T) -> T:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, kind):
        raise misshapen(name, wanted)
    return value
