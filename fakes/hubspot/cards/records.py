"""Legacy cards as apps define them, and what a record shows of one."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from fakes.hubspot.times import iso


@dataclass(slots=True, kw_only=True)
class Card:
    """A legacy card of an app.

    Args:
        id: Its number.
        app_id: Whose it is.
        body: Its definition: title, fetch, display, actions.
        created_at: When it was made.
        updated_at: When it was last changed.
        replaced_by: The app card that it was swapped for; ``None`` while records show it.
    """

    id: int
    app_id: int
    body: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    replaced_by: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the card as the API shows it."""
        return {
            "id": str(self.id),
            **self.body,
            "auditHistory": [],
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
        }


class ActionKind(StrEnum):
    """What a button of a card does."""

    IFRAME = "IFRAME"
    ACTION_HOOK = "ACTION_HOOK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button of a card, whichever version of the answer described it.

    Args:
        id: Its place among the card's buttons.
        role: ``primary``, ``secondary``, ``settings`` or ``result``.
        kind: What it does.
        label: What it says.
        url: Where it leads.
        method: How a hook calls.
        properties: The contact's properties that go along.
        width: Of the frame, in pixels.
        height: Of the frame, in pixels.
        confirmation: What is asked before, and on which buttons; ``None`` for nothing.
    """

    id: int
    role: str
    kind: ActionKind
    label: str
    url: str
    method: str = "GET"
    properties: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    confirmation: dict[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the button as the control routes show it."""
        return {
            "actionId": self.id,
            "role": self.role,
            "type": self.kind,
            "label": self.label,
            "httpMethod": self.method,
            "width": self.width,
            "height": self.height,
            "confirmation": self.confirmation,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a record shows of a card.

    Args:
        title: Its heading.
        message: Why there is nothing else; empty when all is well.
        results: At most five, each with title, link and lines.
        total: How many there are in all.
        more_label: What the link to the others says.
        more_url: Where it leads; ``None`` when there is none.
        actions: Its buttons.
    """

    title: str
    message: str = ""
    results: tuple[dict[str, Any], ...] = ()
    total: int = 0
    more_label: str = ""
    more_url: str | None = None
    actions: tuple[Action, ...] = field(default=())
