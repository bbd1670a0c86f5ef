"""Reading smsmode's JSON and dates: strict on types, blind to fields that we do not know."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Self
from zoneinfo import ZoneInfo

import orjson

from core.domain.errors import MalformedRequestError

_LARGEST_COUNT = 2**31 - 1

ZONE = ZoneInfo("Europe/Paris")
"""The zone of smsmode's dates, which name none. Assumed: smsmode is in Marseille."""


class Fields:
    """One JSON object, read field by field.

    A field that is absent, ``null`` or, for texts, empty gives ``None``.

    Args:
        values: The object.
        place: Where it stands in the whole, for messages.
    """

    __slots__ = ("_place", "_values")

    def __init__(self, values: dict[str, object], place: str = "") -> None:
        self._values = values
        self._place = place

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Return the object that ``raw`` is.

        Raises:
            MalformedRequestError: It is no JSON object.
        """
        try:
            return cls(_as_object(orjson.loads(raw), "the body"))
        except orjson.JSONDecodeError as error:
            raise MalformedRequestError(f"the body is not JSON: {error}") from error

    def text(self, name: str) -> str | None:
        """Return a text, or ``None``.

        Raises:
            MalformedRequestError: It is something else.
        """
        value = self._values.get(name)
        if value is None or isinstance(value, str):
            return value or None
        raise self._expected(name, "a text")

    def required_text(self, name: str) -> str:
        """Return a text that must be there and not be empty.

        Raises:
            MalformedRequestError: It is not.
        """
        value = self.text(name)
        if value is None:
            raise self._expected(name, "a text, and not empty")
        return value

    def count(self, name: str) -> int | None:
        """Return a whole number from 0 to 2,147,483,647, or ``None``.

        Raises:
            MalformedRequestError: It is something else.
        """
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_COUNT:
            return value
        raise self._expected(name, "a whole number from 0")

    def flag(self, name: str) -> bool:
        """Return a boolean, ``False`` when it is absent.

        Raises:
            MalformedRequestError: It is something else.
        """
        value = self._values.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._expected(name, "true or false")

    def money(self, name: str) -> Decimal | None:
        """Return an amount, written as a number or as a text, or ``None``.

        Raises:
            MalformedRequestError: It is something else.
        """
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise self._expected(name, "an amount")
        try:
            amount = Decimal(str(value))
        except InvalidOperation as error:
            raise self._expected(name, "an amount") from error
        if not amount.is_finite():
            raise self._expected(name, "an amount")
        return amount

    def moment(self, name: str) -> datetime | None:
        """Return a date and time in UTC, or ``None``; without a zone it is Paris time.

        Raises:
            MalformedRequestError: It is something else.
        """
        value = self.text(name)
        if value is None:
            return None
        try:
            read = datetime.fromisoformat(value)
            return (read if read.tzinfo else read.replace(tzinfo=ZONE)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self._expected(name, "an ISO 8601 date and time") from error

    def inside(self, name: str) -> "Fields":
        """Return the object at ``name``, without any field when it is absent.

        Raises:
            MalformedRequestError: It is something else.
        """
        value = self._values.get(name)
        place = f"{self._place}{name}"
        return Fields({} if value is None else _as_object(value, place), f"{place}.")

    def each(self, name: str) -> "list[Fields]":
        """Return the objects of the list at ``name``, which must be there.

        Raises:
            MalformedRequestError: It is something else.
        """
        value = self._values.get(name)
        if not isinstance(value, list):
            raise self._expected(name, "a list")
        place = f"{self._place}{name}"
        return [
            Fields(_as_object(item, f"{place}[{index}]"), f"{place}[{index}].")
            for index, item in enumerate(value)
        ]

    def _expected(self, name: str, kind: str) -> MalformedRequestError:
        return MalformedRequestError(f"{self._place}{name} should be {kind}")


def _as_object(value: object, place: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise MalformedRequestError(f"{place} should be a JSON object")
    return value
