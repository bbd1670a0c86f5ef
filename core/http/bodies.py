"""Reading what a card posts: a form of a page, or the JSON of an extension."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson

from core.domain.errors import MalformedRequestError
from core.wire.hubspot_action_definition import INPUT_FIELDS, TO

_MOST_FIELDS = 50
SMS_FIELDS = INPUT_FIELDS - {TO}
"""What may be filled in at a record; the recipient is the record's contact."""


def read_form(raw: bytes) -> dict[str, str]:
    """Return the fields of a URL-encoded form; of one that is there twice, the last.

    Raises:
        MalformedRequestError: It is none, or has too many fields.
    """
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as exc:
        msg = "the body must be a URL-encoded form in UTF-8"
        raise MalformedRequestError(msg) from exc


def read_json(raw: bytes) -> dict[str, Any]:
    """Return the JSON object of a body.

    Raises:
        MalformedRequestError: It is none.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as exc:
        msg = f"the body is not JSON: {exc}"
        raise MalformedRequestError(msg) from exc
    if not isinstance(value, dict):
        msg = "the body must be a JSON object"
        raise MalformedRequestError(msg)
    return value


def read_texts(value: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, str]:
    """Return the texts of a JSON object that holds no other fields, empty ones left out.

    Raises:
        MalformedRequestError: A field is unknown or no text; all at fault are named.
    """
    if unknown := sorted(set(value) - allowed):
        msg = f"unknown field: {', '.join(unknown)}"
        raise MalformedRequestError(msg)
    if wrong := sorted(name for name, each in value.items() if not isinstance(each, str)):
        msg = f"not a text: {', '.join(wrong)}"
        raise MalformedRequestError(msg)
    return {name: each for name, each in value.items() if each}
