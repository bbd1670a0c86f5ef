"""The settings as JSON, and back: each is read in its kind and held to its bounds."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from fakes.smsmode.bounds import allowed, refuse_nonsense
from fakes.smsmode.settings import Settings

_OPTIONAL: dict[str, type] = {"rate_limit": int, "callback_secret": str, "stray_status": str}
"""The kind of each setting that may have no value."""


def as_json(settings: Settings) -> dict[str, Any]:
    """Return the settings as JSON-ready values: durations in seconds, money as text."""
    return {f.name: _plain(getattr(settings, f.name)) for f in fields(settings)}


def patched(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return ``settings`` with ``changes``, each written as ``as_json`` writes it.

    Raises:
        ValueError: A name is unknown, or a value does not fit.
    """
    known = {f.name for f in fields(Settings)}
    if unknown := sorted(changes.keys() - known):
        msg = f"no such setting: {', '.join(unknown)}; there are {', '.join(sorted(known))}"
        raise ValueError(msg)
    read = {name: _checked(settings, name, changes[name]) for name in changes}
    return replace(settings, **read)


def allowed_values() -> dict[str, str]:
    """Return which values each setting takes, in words."""
    defaults = Settings()
    return {f.name: allowed(f.name, getattr(defaults, f.name)) for f in fields(defaults)}


def _checked(settings: Settings, name: str, given: Any) -> Any:
    try:
        value = _read(name, getattr(settings, name), given)
        refuse_nonsense(name, value)
    except (ArithmeticError, TypeError, ValueError) as exc:
        msg = f"{name} is {allowed_values()[name]}; not {json.dumps(given, ensure_ascii=False)}"
        raise ValueError(msg) from exc
    return value


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _read(name: str, present: object, given: Any) -> object:
    if name in _OPTIONAL:
        if given is None or type(given) is _OPTIONAL[name]:
            return given
        raise TypeError(name)
    if isinstance(present, tuple):
        if not isinstance(given, list):
            raise TypeError(name)
        sample = timedelta() if name == "retry_delays" else ""
        return tuple(_scalar(sample, item) for item in given)
    return _scalar(present, given)


def _scalar(present: object, given: Any) -> object:
    """Return ``given`` as the kind of ``present``; raise an error of any of Python's kinds."""
    if isinstance(present, timedelta | Decimal) and isinstance(given, bool):
        raise TypeError(given)
    if isinstance(present, timedelta):
        return timedelta(seconds=given)
    if isinstance(present, Decimal):
        # A JSON number as it was written, not as a binary fraction comes near it.
        return Decimal(str(given))
    if isinstance(present, StrEnum):
        return type(present)(given)
    if type(given) is not type(present):
        raise TypeError(given)
    return given
