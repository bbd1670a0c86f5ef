"""A contact: what it holds now, what it held before, and who changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


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
        trace_id: The writer's own mark of one write of a batch.
    """

    channel: Channel
    id: str | None = None
    label: str | None = None
    app_id: int | None = None
    trace_id: str | None = None

    @property
    def user_id(self) -> int | None:
        """The number of the person who changed it, when a person did."""
        kind, _, number = (self.id or "").partition(":")
        return int(number) if kind == "userId" and number.isdecimal() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value that a property has had; an empty one was a clearing."""

    value: str
    at: datetime
    source: Source


class Write(NamedTuple):
    """Values written together: history keeps whole writes, which costs less than single values.

    A tuple, since every write makes two, and a tuple is made fastest.
    """

    values: Mapping[str, str]
    at: datetime
    source: Source


@dataclass(frozen=True, slots=True)
class Association:
    """A link from a contact to another record.

    Args:
        to_type: What it points to: ``contacts``, ``companies``, ``deals``…
        to_id: The other record's number.
        label: The kind of link, as ``contact_to_company``.
    """

    to_type: str
    to_id: int
    label: str


@dataclass(slots=True, kw_only=True)
class Contact:
    """One contact of one account.

    Args:
        id: Its number, above 2^31.
        created_at: When it was made.
        updated_at: When a property last changed.
        archived_at: When it was deleted; ``None`` while it lives.
        merged_into: The contact that it has become part of, if any; it is archived then.
        values: The properties that have a value.
        writes: What was written, oldest first.
        associations: Its links to other records, oldest first.
    """

    id: int
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None = None
    merged_into: int | None = None
    values: dict[str, str] = field(default_factory=dict)
    writes: list[Write] = field(default_factory=list)
    associations: tuple[Association, ...] = ()

    @property
    def history(self) -> dict[str, list[Version]]:
        """Every version of each property that ever had one, oldest first."""
        names = {name: None for write in self.writes for name in write.values}
        return {name: list(self.versions(name)) for name in names}

    def versions(self, name: str) -> Iterator[Version]:
        """Return the versions of a property, oldest first."""
        return (
            Version(value=write.values[name], at=write.at, source=write.source)
            for write in self.writes
            if name in write.values
        )

    def values_at(self, moment: datetime) -> dict[str, str]:
        """Return the properties that had a value at ``moment``."""
        then: dict[str, str] = {}
        for write in self.writes:
            if write.at <= moment:
                then |= write.values
        return {name: value for name, value in then.items() if value}

    def write(self, values: Mapping[str, str], at: datetime, source: Source) -> None:
        """Give properties their values and keep the write; an empty value clears."""
        self.writes.append(Write(values, at, source))
        if all(values.values()):
            self.values.update(values)
            return
        for name, value in values.items():
            if value:
                self.values[name] = value
            else:
                self.values.pop(name, None)


class ChangeKind(StrEnum):
    """What happened to a contact."""

    CREATED = "created"
    CHANGED = "changed"
    ARCHIVED = "archived"
    RESTORED = "restored"
    ERASED = "erased"
    """Deleted for ever, with its history, as privacy laws ask."""
    MERGED = "merged"
    ASSOCIATED = "associated"
    DISSOCIATED = "dissociated"
    LISTED = "listed"
    """It joined a list."""
    UNLISTED = "unlisted"
    """It left a list."""


class Change(NamedTuple):
    """Something happened to a contact, for those who watch; a tuple, which is made fastest.

    Args:
        kind: What.
        portal_id: In which account.
        contact: The contact as it is now; of a merge, what came out of it.
        before: What each changed property held; an absent value is ``None``.
        source: Who did it.
        merged_ids: The contacts that a merge put together, the primary one first.
        list_id: The list that it joined or left.
        association: The link that was made or undone.
    """

    kind: ChangeKind
    portal_id: int
    contact: Contact
    before: Mapping[str, str | None]
    source: Source
    merged_ids: tuple[int, ...] = ()
    list_id: int | None = None
    association: Association | None = None
