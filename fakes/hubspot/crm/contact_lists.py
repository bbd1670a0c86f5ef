"""A list of contacts: its name, how it is filled, and who is on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from fakes.kit.scheduler import Handle


class Processing(StrEnum):
    """How a list gets its members.

    Source: HubSpot developer docs, Lists (spec).
    """

    MANUAL = "MANUAL"
    SNAPSHOT = "SNAPSHOT"
    DYNAMIC = "DYNAMIC"


@dataclass(slots=True, kw_only=True)
class ContactList:
    """One list of contacts.

    Args:
        id: Its number.
        name: What people call it, unique in the account.
        processing: How it gets its members.
        created_at: When it was made.
        updated_at: When its definition last changed.
        filters_updated_at: When its filters last changed.
        filter_branch: What its members meet; ``None`` for a list filled by hand.
        version: How often its definition has changed, from 1.
        members: Since when each contact is on it, by the contact's number.
        archived_at: When it was deleted; ``None`` while it lives.
        topics: What its filters look at, if it fills itself.
        is_timed: Whether time alone may change who is on it.
        turns: When each contact is looked at again as time passes.
    """

    id: int
    name: str
    processing: Processing
    created_at: datetime
    updated_at: datetime
    filters_updated_at: datetime
    filter_branch: Mapping[str, Any] | None = None
    version: int = 1
    members: dict[int, datetime] = field(default_factory=dict)
    archived_at: datetime | None = None
    topics: frozenset[str] = frozenset()
    is_timed: bool = False
    turns: dict[int, Handle] = field(default_factory=dict)
