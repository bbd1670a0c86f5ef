"""Reading the bodies of the commons API, field by field."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from fakes.kit.call import Call
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.money import read_amount
from fakes.smsmode.party import Party

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_LONGEST_URL = 255


async def read_body(call: Call[Party]) -> Mapping[str, Any]:
    """Return the body, which must be a JSON object.

    Raises:
        ServiceError: 400, it is not.
    """
    body = await call.json()
    if not isinstance(body, Mapping):
        raise refused(Code.MALFORMED, "The body is a JSON object")
    return body


def required(asked: Mapping[str, Any], name: str) -> str:
    """Return a text that must be there.

    Raises:
        ServiceError: 400, it is missing, empty or no text.
    """
    value = text(asked, name)
    if not value:
        raise refused(Code.MISSING, f"{name} is required")
    return value


def text(asked: Mapping[str, Any], name: str) -> str | None:
    """Return a text, or ``None`` when it is absent.

    Raises:
        ServiceError: 400, it is no text.
    """
    value = asked.get(name)
    if not isinstance(value, str | None):
        raise refused(Code.FIELD, f"{name} must be a text", f"not {value!r}")
    return value


def url(asked: Mapping[str, Any], name: str) -> str | None:
    """Return an http(s) address; an empty text removes it.

    Raises:
        ServiceError: 400, it is no address.
    """
    value = text(asked, name)
    if value and not is_web_address(value):
        detail = f"of at most {_LONGEST_URL} characters; not {value!r}"
        raise refused(Code.FIELD, f"{name} must be an http(s) address", detail)
    return value or None


def is_web_address(text: str) -> bool:
    """Return whether ``text`` is an http(s) address that a callback may have.

    Source: a published client (its length).
    """
    return text.startswith(("http://", "https://")) and len(text) <= _LONGEST_URL


def flag(asked: Mapping[str, Any], name: str) -> bool | None:
    """Return a boolean, or ``None`` when it is absent.

    Raises:
        ServiceError: 400, it is no boolean.
    """
    value = asked.get(name)
    if not isinstance(value, bool | None):
        raise refused(Code.FIELD, f"{name} must be a boolean", f"not {value!r}")
    return value


def amount(asked: Mapping[str, Any], name: str) -> Decimal | None:
    """Return an amount in euros, as ``read_amount`` does, or ``None`` when it is absent.

    Raises:
        ServiceError: 400, it is no such amount.
    """
    value = asked.get(name)
    if value is None:
        return None
    try:
        return read_amount(value)
    except ValueError as exc:
        raise refused(Code.AMOUNT, f"{name} must be an amount in euros", str(exc)) from exc


def choice(asked: Mapping[str, Any], name: str, kind: type[E]) -> E:
    """Return one of the words of ``kind``.

    Raises:
        ServiceError: 400, it is none of them.
    """
    value = asked.get(name)
    if value is None:
        raise refused(Code.MISSING, f"{name} is required")
    if value not in list(kind):
        raise refused(Code.FIELD, f"{name} must be one of {', '.join(kind)}", f"not {value!r}")
    return kind(value)


def choices(asked: Mapping[str, Any], name: str, kind: type[E]) -> tuple[E, ...] | None:
    """Return a list of words of ``kind`` that is not empty, or ``None`` when it is absent.

    Raises:
        ServiceError: 400, it is no such list.
    """
    value = asked.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not value or any(v not in list(kind) for v in value):
        raise refused(Code.FIELD, f"{name} must be a list of {', '.join(kind)}", f"not {value!r}")
    return tuple(kind(v) for v in value)


def texts(asked: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """Return a list of texts, or ``None`` when it is absent.

    Raises:
        ServiceError: 400, it is no such list.
    """
    value = asked.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise refused(Code.FIELD, f"{name} must be a list of texts", f"not {value!r}")
    return tuple(value)


def part(asked: Mapping[str, Any], name: str, kind: type[T]) -> T | None:
    """Return the object ``name`` as a value of ``kind``, or ``None`` when it is absent.

    Raises:
        ServiceError: 400, it is no object of texts.
    """
    value = asked.get(name)
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise refused(Code.FIELD, f"{name} must be an object", f"not {value!r}")
    known = [f.name for f in fields(kind)]  # type: ignore[arg-type]  # a dataclass of texts
    return kind(**{k: text(value, k) or None for k in known})
