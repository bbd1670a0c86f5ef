"""The fake's settings as JSON, and back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from fakes.hubspot.errors import RefusedError, invalid
from fakes.hubspot.settings import Settings


def settings_json(settings: Settings) -> dict[str, Any]:
    """Return the settings by name; durations in seconds."""
    return {field.name: _plain(getattr(settings, field.name)) for field in fields(settings)}


def settings_with(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return ``settings`` with ``changes``.

    Raises:
        RefusedError: A name is unknown, or a value does not fit.
    """
    read = {name: _read(settings, name, changes[name]) for name in changes}
    for name, value in read.items():
        _refuse_nonsense(name, value)
    return replace(settings, **read)


_LONGEST = timedelta(days=36_525)
_NEVER_ZERO = frozenset(
    (
        "action_retry_cap", "action_retry_first", "action_timeout", "connect_timeout",
        "fetch_timeout", "webhook_timeout",
    )
)  # fmt: skip
"""Durations that must pass: tries without a gap between them would never end."""
_CHOSEN: Mapping[str, tuple[int, ...]] = {"timeline_unknown_template": (404, 400)}
_LEAST = {"webhook_retries": 0}
_MOST = {"webhook_retries": 1000}


def _refuse_nonsense(name: str, value: Any) -> None:
    if isinstance(value, timedelta):
        least = 1e-3 if name in _NEVER_ZERO else 0
        if not least <= value.total_seconds() <= _LONGEST.total_seconds():
            raise invalid(
                f"{name} is from {least:g} to {_LONGEST.total_seconds():.0f} seconds, not "
                f"{value.total_seconds():g}."
            )
    elif name in _CHOSEN and value not in _CHOSEN[name]:
        raise invalid(f"{name} is one of {', '.join(map(str, _CHOSEN[name]))}, not {value}.")
    elif type(value) is int:
        least, most = _LEAST.get(name, 1), _MOST.get(name, 10**9)
        if not least <= value <= most:
            raise invalid(f"{name} is from {least} to {most}, not {value}.")


def _plain(value: Any) -> Any:
    return value.total_seconds() if isinstance(value, timedelta) else value


def _read(settings: Settings, name: str, value: Any) -> Any:
    if name not in settings.__slots__:
        raise invalid(f"There is no setting '{name}': use one of {', '.join(settings.__slots__)}.")
    kind = type(getattr(settings, name))
    try:
        if kind is timedelta and not isinstance(value, bool):
            return timedelta(seconds=value)
        if issubclass(kind, StrEnum):
            return kind(value)
    except (TypeError, ValueError, OverflowError):
        raise _misfit(name, value, kind) from None
    if type(value) is not kind:
        raise _misfit(name, value, kind)
    return value


_IN_WORDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    timedelta: "a number of seconds",
}


def _misfit(name: str, value: Any, kind: type) -> RefusedError:
    wanted = f"one of {', '.join(kind)}" if issubclass(kind, StrEnum) else _IN_WORDS[kind]
    return invalid(f"'{value}' does not fit the setting '{name}', which is {wanted}.")
