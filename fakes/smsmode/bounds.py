"""Bounds: which values a setting may have, in words and as a check."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import available_timezones

from fakes.smsmode.money import read_amount

_A_CENTURY = timedelta(days=36_525)
_SCALE = (Decimal("0.000001"), Decimal(1000))

_CHOSEN: Mapping[str, tuple[int, int]] = {
    "unscheduled_status": (409, 400),
    "change_status": (200, 204),
    "cancel_status": (204, 200),
    "foreign_status": (404, 403),
}
_COUNTED = ("rate_limit", "batch_limit", "campaign_limit", "list_days")
_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "base_url": (re.compile(r"https?://\S+"), "an http(s) address"),
    "short_code": (re.compile("[0-9]{4,11}"), "a short code of 4 to 11 digits, as 36034"),
    "reply_countries": (re.compile("[A-Z]{2}"), "countries, as FR"),
}


def allowed(name: str, default: object) -> str:
    """Return which values the setting ``name`` takes, in words.

    Args:
        name: The setting.
        default: Its default, which tells its kind.
    """
    if name in {"callback_secret", "stray_status"}:
        return "a text that is not empty, or null"
    if name == "rate_limit":
        return f"{_whole(1)}, or null"
    if isinstance(default, tuple):
        items = f"durations {_SECONDS}" if name == "retry_delays" else _text(name, "texts")
        return f"a list of {items}"
    for kind, words in _WORDS:
        if isinstance(default, kind):
            return words(name, default)
    msg = f"{name} is of no kind that a setting has"
    raise TypeError(msg)


def refuse_nonsense(name: str, value: Any) -> None:
    """Let the ``value`` of a setting pass that means something.

    Raises:
        ValueError: It does not.
    """
    for each in value if isinstance(value, tuple) else (value,):
        for kind, fits in _BY_TYPE:
            if isinstance(each, kind) and not fits(name, each):
                raise ValueError(name)


_SECONDS = f"in seconds, from 0 to {_A_CENTURY.total_seconds():.0f}"


def _whole(least: int) -> str:
    return f"a whole number from {least} to {_A_CENTURY.days}"


def _text(name: str, usual: str) -> str:
    return _SHAPES[name][1] if name in _SHAPES else usual


def _number_words(name: str, _: object) -> str:
    if name in _CHOSEN:
        return " or ".join(map(str, _CHOSEN[name]))
    return _whole(1)


def _decimal_words(name: str, _: object) -> str:
    if name == "retry_scale":
        return f"a number, 0 or from {_SCALE[0]:f} to {_SCALE[1]}"
    return "an amount in euros, from 0, with at most 3 decimals"


def _text_words(name: str, _: object) -> str:
    usual = "a time zone, as Europe/Paris" if name == "zone" else "a text that is not empty"
    return _text(name, usual)


_WORDS: tuple[tuple[type, Callable[[str, Any], str]], ...] = (
    (bool, lambda *_: "true or false"),
    (int, _number_words),
    (timedelta, lambda *_: f"a duration {_SECONDS}"),
    (Decimal, _decimal_words),
    (StrEnum, lambda _, value: " or ".join(str(each) for each in type(value))),
    (str, _text_words),
)


def _fits_number(name: str, value: int) -> bool:
    if name in _CHOSEN:
        return value in _CHOSEN[name]
    return name not in _COUNTED or 1 <= value <= _A_CENTURY.days


def _fits_duration(_: str, value: timedelta) -> bool:
    return timedelta() <= value <= _A_CENTURY


def _fits_decimal(name: str, value: Decimal) -> bool:
    if name == "retry_scale":
        is_usual = value.is_finite() and not value.is_signed()
        return is_usual and (value == 0 or _SCALE[0] <= value <= _SCALE[1])
    try:
        read_amount(value)
    except ValueError:
        return False
    return True


def _fits_text(name: str, value: str) -> bool:
    if name == "zone":
        return value in available_timezones()
    shape = _SHAPES[name][0] if name in _SHAPES else None
    return bool(value.strip()) and (shape is None or shape.fullmatch(value) is not None)


_BY_TYPE: tuple[tuple[type, Callable[[str, Any], bool]], ...] = (
    (int, _fits_number),
    (timedelta, _fits_duration),
    (Decimal, _fits_decimal),
    (str, _fits_text),
)
