"""A contact: what it holds now, what it held before, and who changed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """Through what a property was changed.

    Source: values seen in HubSpot's answers and webhooks (many).
    """

    API = "API"
    INTEGRATION = "INTEGRATION"
    UI = "CRM_UI"
    WORKFLOW = "AUTOMATION_PLATFORM"
    CALCULATED = "CALCULATED"
    IMPORT = "IMPORT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who changed a property, and through what.

    Args:
        channel: Through what.
        id: The app's id, ``userId:…`` or the enrolment's id.
        label: The name that people see.
        app_id: The app that wrote, when one did.
    """

    channel: Channel
    id: str | None = None
    label: str | None = None
    app_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value that a property has had; an empty one was a clearing."""

    value: str
    at: datetime
    source: Source


@dataclass(slots=True, kw_only=True)
class Contact:
    """One contact of one account.

    Args:
        id: Its number, above 2^31.
        created_at: When it was made.
        updated_at: When a property last changed.
        archived_at: When it was deleted; ``None`` while it lives.
        values: The properties that have a value.
        history: Every version of each property, oldest first.
    """

    id: int
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None = None
    values: dict[str, str] = field(default_factory=dict)
    history: dict[str, list[Version]] = field(default_factory=dict)

    def set(self, name: str, value: str, at: datetime, source: Source) -> None:
        """Give a property a value and keep the version; an empty value clears it."""
        if value:
            self.values[name] = value
        else:
            self.values.pop(name, None)
        self.history.setdefault(name, []).append(Version(value=value, at=at, source=source))


class ChangeKind(StrEnum):
    """What happened to a contact."""

    CREATED = "created"
    CHANGED = "changed"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something happened to a contact, for those who watch.

    Args:
        kind: What.
        portal_id: In which account.
        contact: The contact as it is now.
        before: What each changed property held; an absent value is ``None``.
        source: Who did it.
    """

    kind: ChangeKind
    portal_id: int
    contact: Contact
    before: Mapping[str, str | None]
    source: Source
