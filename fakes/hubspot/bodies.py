"""Reading JSON bodies as HubSpot does: what is missing or of the wrong kind is said."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from fakes.hubspot.answering import CONTROL, HubCall
from fakes.hubspot.choices import ErrorBody
from fakes.hubspot.errors import Category, RefusedError, invalid, missing_fields
from fakes.hubspot.shapes import number_of
from fakes.kit.answers import page_answer
from fakes.kit.call import parse_json

LARGEST_BATCH = 100
"""How many inputs a batch may have. Source: HubSpot developer docs, Batch (docs)."""


async def read_object(call: HubCall, *required: str) -> dict[str, Any]:
    """Return the body, a JSON object with the ``required`` keys.

    Raises:
        MalformedBodyError: It is not JSON.
        RefusedError: It is not an object, or a key is missing.
    """
    return as_object(await read_json(call), *required)


async def read_json(call: HubCall, longest: int | None = None) -> Any:
    """Return the body, whatever JSON it is.

    Args:
        call: The request.
        longest: The most characters that it may have.

    Raises:
        MalformedBodyError: It is not JSON.
        RefusedError: It says that it is something else, or it is too long.
    """
    _refuse_other_types(call)
    body = await call.raw()
    if longest is not None and len(body.decode(errors="replace")) > longest:
        raise invalid(f"The request body has more than {longest} characters.")
    return parse_json(body)


def as_object(value: object, *required: str) -> dict[str, Any]:
    """Return ``value``, a JSON object with the ``required`` keys.

    Raises:
        RefusedError: It is not an object, or a key is missing.
    """
    if not isinstance(value, dict):
        raise RefusedError(400, "Invalid input JSON on line 1, column 1: expected an object")
    missing = [name for name in required if value.get(name) is None]
    if missing:
        raise missing_fields(missing)
    return value


def inputs_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the inputs of a batch, 1 to 100 objects.

    Raises:
        RefusedError: There are none, too many, or one is not an object.
    """
    found = body.get("inputs")
    if not isinstance(found, list):
        raise missing_fields(["inputs"])
    if not found:
        raise invalid("Batch input provided should have at least one object.")
    if len(found) > LARGEST_BATCH:
        raise invalid(f"The number of objects in the batch must be at most {LARGEST_BATCH}.")
    return [as_object(item) for item in found]


def names_of(call: HubCall, parameter: str) -> list[str]:
    """Return the names of a query parameter that may be comma-separated, repeated, or both."""
    if not call.has_query:
        return []
    values: Sequence[str] = call.request.query_params.getlist(parameter)
    return [name for value in values for name in value.split(",") if name]


def whole_number(call: HubCall, parameter: str, default: int, largest: int) -> int:
    """Return a query parameter read as a number from 1 to ``largest``.

    Raises:
        RefusedError: It is not one.
    """
    text = call.query(parameter)
    if text is None:
        return default
    number = number_of(text)
    if number is None or not 1 <= number <= largest:
        raise invalid(f"{parameter} must be a number between 1 and {largest}, not '{text}'")
    return number


def cursor(call: HubCall) -> int:
    """Return the ``after`` of a page read as a number, 0 on the first page.

    Raises:
        RefusedError: It is not one.
    """
    text = call.query("after") or "0"
    number = number_of(text)
    if number is None:
        raise invalid(f"after must be a cursor from an earlier page, not '{text}'")
    return number


def is_true(call: HubCall, parameter: str) -> bool:
    """Return whether a query parameter says ``true``."""
    return call.query(parameter) == "true"


_READ = ("application/json", "")


def _refuse_other_types(call: HubCall) -> None:
    said = call.header("content-type") or ""
    if said == "application/json" or said.split(";")[0].strip().lower() in _READ:
        return
    # Our own routes are for people who type: a bare curl says that it sends a form.
    if not str(call.scope["path"]).startswith(CONTROL):
        raise invalid_media_type(call)


class MediaTypeError(RefusedError):
    """HubSpot does not read a body's format. Assumed: its body.

    Args:
        form: Whether it is an envelope or a page.
    """

    def __init__(self, form: ErrorBody) -> None:
        super().__init__(415, "Unsupported Media Type", Category.VALIDATION)
        self._form = form

    def answer(self, correlation_id: str) -> Response:
        """Return the whole answer."""
        if self._form is ErrorBody.PAGE:
            return page_answer("<html><body><h2>HTTP ERROR 415</h2></body></html>", 415)
        return super().answer(correlation_id)


def invalid_media_type(call: HubCall) -> MediaTypeError:
    """Return the 415 of a body in another format."""
    return MediaTypeError(call.party.settings.media_type_error)
