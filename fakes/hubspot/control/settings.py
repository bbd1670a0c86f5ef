"""The fake's settings as JSON, and back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from fakes.hubspot.errors import invalid
from fakes.hubspot.settings import Settings


def settings_json(settings: Settings) -> dict[str, Any]:
    """Return the settings by name; durations in seconds."""
    return {field.name: _plain(getattr(settings, field.name)) for field in fields(settings)}


def settings_with(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return ``settings`` with ``changes``.

    Raises:
        RefusedError: A name is unknown, or a value does not fit.
    """
    return replace(settings, **{name: _read(settings, name, changes[name]) for name in changes})


def _plain(value: Any) -> Any:
    return value.total_seconds() if isinstance(value, timedelta) else value


def _read(settings: Settings, name: str, value: Any) -> Any:
    if name not in settings.__slots__:
        raise invalid(f"There is no setting '{name}': use one of {', '.join(settings.__slots__)}.")
    kind = type(getattr(settings, name))
    try:
        if kind is timedelta:
            return timedelta(seconds=value)
        if issubclass(kind, StrEnum):
            return kind(value)
    except (TypeError, ValueError, OverflowError) as exc:
        raise invalid(f"'{value}' does not fit the setting '{name}': {exc}") from exc
    if type(value) is not kind:
        raise invalid(f"'{value}' does not fit the setting '{name}', which is a {kind.__name__}.")
    return value
