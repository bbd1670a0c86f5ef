"""Event templates of an app, and the events that an account's contacts carry."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fakes.hubspot.times import iso


@dataclass(slots=True, kw_only=True)
class Token:
    """A place in a template that each event fills.

    Args:
        name: Its key.
        label: What people read.
        type: ``string``, ``number``, ``date`` or ``enumeration``.
        options: The choices of an enumeration.
        object_property: The contact property that the value is also written to.
        created_at: When it was made.
        updated_at: When it was last changed.
    """

    name: str
    label: str
    type: str
    options: list[dict[str, Any]]
    object_property: str | None
    created_at: datetime
    updated_at: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the token as the API shows it."""
        return {
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "options": self.options,
            **({"objectPropertyName": self.object_property} if self.object_property else {}),
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
        }


@dataclass(slots=True, kw_only=True)
class Template:
    """The form of one kind of event.

    Args:
        id: Its number.
        app_id: Whose it is.
        name: What people read in filters.
        object_type: On what it stands: ``contacts``.
        header: The template of the line that always shows.
        detail: The template of what unfolds.
        created_at: When it was made.
        updated_at: When it was last changed.
        tokens: Its places, by name.
        event_type: Its name among the app events of edition 2026-03; empty for a v3 template.
    """

    id: int
    app_id: int
    name: str
    object_type: str
    header: str
    detail: str
    created_at: datetime
    updated_at: datetime
    tokens: dict[str, Token] = field(default_factory=dict)
    event_type: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the template as the API shows it."""
        return {
            "id": str(self.id),
            "name": self.name,
            "objectType": self.object_type,
            "headerTemplate": self.header,
            "detailTemplate": self.detail,
            "tokens": [token.as_json() for token in self.tokens.values()],
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
        }


EventKey = tuple[int, str]
"""The template and the event's id, which together name an event within an account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One event on a contact's timeline.

    Args:
        id: Its id within the template.
        template_id: Its form.
        app_id: Who wrote it.
        contact_id: On whom.
        email: The address that the app gave, if it did.
        utk: The visitor's token that the app gave, if it did.
        at: When it happened, by the app's account.
        created_at: When HubSpot took it.
        tokens: What fills the template.
        extra: Free data for the detail.
        iframe: What its link opens.
    """

    id: str
    template_id: int
    app_id: int
    contact_id: int
    email: str | None
    utk: str | None
    at: datetime
    created_at: datetime
    tokens: dict[str, Any]
    extra: Any
    iframe: dict[str, Any] | None

    def as_json(self) -> dict[str, Any]:
        """Return the event as the API shows it."""
        optional = {
            "email": self.email,
            "utk": self.utk,
            "extraData": self.extra,
            "timelineIFrame": self.iframe,
        }
        return {
            "id": self.id,
            "eventTemplateId": str(self.template_id),
            "objectId": str(self.contact_id),
            "objectType": "contacts",
            "timestamp": iso(self.at),
            "createdAt": iso(self.created_at),
            "tokens": self.tokens,
            **{name: value for name, value in optional.items() if value is not None},
        }
