"""The form of what developers send, told as data: of which kind each part must be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fakes.hubspot.errors import RefusedError, invalid

DEEPEST = 40
"""How many levels a body may have. Assumed: far beyond what HubSpot's editor makes."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A value without parts: one of some types of Python's.

    Args:
        wanted: What people read when the value is of another kind.
        types: The types; a flag is not taken for a number.
    """

    wanted: str
    types: tuple[type, ...]


@dataclass(frozen=True, slots=True)
class ByName:
    """An object whose keys are free and whose values all have one form."""

    form: "Form"


@dataclass(frozen=True, slots=True)
class Again:
    """A form that contains itself, given by a function because it is not there yet."""

    form: Callable[[], "Form"]


Form = Plain | ByName | Again | list[Any] | dict[str, Any] | None
"""A plain value, an object by name, a list of one form, an object of known parts, or anything.

Known parts may be missing or null, others are free; the items of a list may not be null.
"""

TEXT = Plain("a text", (str,))
"""A text."""
LOOSE = Plain("a text", (str, int, float, bool))
"""A text, or a number or flag, which HubSpot's parser turns into one (many)."""
FLAG = Plain("true or false", (bool,))
NUMBER = Plain("a whole number", (int,))
ANYTHING: Form = None


def refuse_misshapen(value: object, form: Form, place: str = "body", depth: int = 0) -> None:
    """Let a JSON value pass that has ``form``.

    Assumed: the sentence, after those of HubSpot's parser.

    Args:
        value: What was sent.
        form: What it must be.
        place: Where it stands, for the refusal.
        depth: How deep that is.

    Raises:
        RefusedError: It has not, or is nested too deep.
    """
    if depth > DEEPEST:
        raise invalid(f"Invalid input JSON: {place[:80]}… is nested deeper than {DEEPEST} levels.")
    match form:
        case None:
            _refuse_depths(value, place, depth)
        case Again():
            refuse_misshapen(value, form.form(), place, depth)
        case Plain():
            _refuse_other_kind(value, form, place)
        case list():
            _refuse_list(value, form[0], place, depth)
        case ByName() | dict():
            _refuse_object(value, form, place, depth)


def _refuse_object(value: object, form: ByName | dict[str, Any], place: str, depth: int) -> None:
    whole = _object(value, place)
    parts = dict.fromkeys(whole, form.form) if isinstance(form, ByName) else form
    for name, part in parts.items():
        _refuse_part(whole.get(name), part, f"{place}.{name}", depth)


def _refuse_depths(value: object, place: str, depth: int) -> None:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        refuse_misshapen(part, None, place, depth + 1)


def _refuse_part(value: object, form: Form, place: str, depth: int) -> None:
    if value is not None:
        refuse_misshapen(value, form, place, depth + 1)


def _refuse_list(value: object, form: Form, place: str, depth: int) -> None:
    if not isinstance(value, list):
        raise _misshapen(place, "a list")
    for index, item in enumerate(value):
        refuse_misshapen(item, form, f"{place}[{index}]", depth + 1)


def _refuse_other_kind(value: object, form: Plain, place: str) -> None:
    is_mistaken_flag = isinstance(value, bool) and bool not in form.types
    if is_mistaken_flag or not isinstance(value, form.types):
        raise _misshapen(place, form.wanted)


def _object(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _misshapen(place, "an object")
    return value


def _misshapen(place: str, wanted: str) -> RefusedError:
    return invalid(f"Invalid input JSON: expected {wanted} at {place}.")
