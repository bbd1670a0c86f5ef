"""Bounds: which values a setting may have, beside its type."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from fakes.smsmode.money import read_amount

_A_CENTURY = timedelta(days=36_525)
_MOST_RETRY_SCALE = Decimal(1000)

_CHOSEN: Mapping[str, tuple[int, int]] = {
    "unscheduled_status": (409, 400),
    "change_status": (200, 204),
    "cancel_status": (204, 200),
    "foreign_status": (404, 403),
}
_COUNTED = ("rate_limit", "batch_limit", "campaign_limit", "list_days")
_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "base_url": (re.compile(r"https?://\S+"), "an http(s) address"),
    "short_code": (re.compile("[0-9]{4,11}"), "a short code as 36034"),
    "reply_countries": (re.compile("[A-Z]{2}"), "a list of countries as FR"),
}


def refuse_nonsense(name: str, value: Any) -> None:
    """Let the ``value`` of a setting pass that means something.

    Raises:
        ValueError: It does not; the message says what would.
    """
    for each in value if isinstance(value, tuple) else (value,):
        _refuse_one(name, each)


def _refuse_one(name: str, value: Any) -> None:
    for kind, check in _BY_TYPE:
        if isinstance(value, kind):
            check(name, value)


def _refuse_number(name: str, value: int) -> None:
    if name in _CHOSEN and value not in _CHOSEN[name]:
        msg = f"{name} is one of {_CHOSEN[name]}, not {value!r}"
        raise ValueError(msg)
    if name in _COUNTED and not 1 <= value <= _A_CENTURY.days:
        msg = f"{name} is from 1 to {_A_CENTURY.days}, not {value!r}"
        raise ValueError(msg)


def _refuse_duration(name: str, value: timedelta) -> None:
    if not timedelta() <= value <= _A_CENTURY:
        msg = f"{name} is from 0 to {_A_CENTURY.total_seconds():.0f} seconds, not {value}"
        raise ValueError(msg)


def _refuse_decimal(name: str, value: Decimal) -> None:
    try:
        read = read_amount(value)
    except ValueError as exc:
        msg = f"{name}: {exc}"
        raise ValueError(msg) from exc
    if name == "retry_scale" and read > _MOST_RETRY_SCALE:
        msg = f"{name} is at most {_MOST_RETRY_SCALE}, not {value}"
        raise ValueError(msg)


def _refuse_text(name: str, value: str) -> None:
    if not value.strip():
        msg = f"{name} cannot be empty"
        raise ValueError(msg)
    if name == "zone" and value not in available_timezones():
        msg = f"there is no zone {value!r}; write one as Europe/Paris"
        raise ValueError(msg)
    shape, meaning = _SHAPES.get(name, (None, ""))
    if shape is not None and not shape.fullmatch(value):
        msg = f"{name} is {meaning}, not {value!r}"
        raise ValueError(msg)


_BY_TYPE: tuple[tuple[type, Callable[[str, Any], None]], ...] = (
    (int, _refuse_number),
    (timedelta, _refuse_duration),
    (Decimal, _refuse_decimal),
    (str, _refuse_text),
)
