"""What is remembered of workflows: the actions of apps, flows, and who went through them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from fakes.hubspot.automation.steps import Step
from fakes.hubspot.times import iso
from fakes.kit.scheduler import Handle


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a definition was from one change to the next."""

    body: dict[str, Any]
    at: datetime


@dataclass(slots=True, kw_only=True)
class Definition:
    """A custom workflow action that an app offers.

    Args:
        id: Its number; a flow names it ``1-{id}``.
        app_id: Whose it is.
        revisions: What it was after each change, oldest first; never empty.
        functions: The sources that HubSpot would run around it, by type and id.
        requires_object: Whether it runs only where there is a record.
        archived_at: When it was deleted; ``None`` while it lives.
    """

    id: int
    app_id: int
    revisions: list[Revision]
    functions: dict[tuple[str, str | None], str] = field(default_factory=dict)
    requires_object: bool = False
    archived_at: datetime | None = None

    @property
    def body(self) -> dict[str, Any]:
        """The definition as it is now."""
        return self.revisions[-1].body

    @property
    def version(self) -> int:
        """The number of its last revision, from 1."""
        return len(self.revisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Something that happened to a contact, for workflows.

    Args:
        id: Its id within its topic; the same one again takes its place.
        portal_id: In which account.
        contact_id: To whom.
        topic: ``event:{eventTypeId}``, or ``template:{id}`` for an event on the timeline.
        properties: What is known of it, as texts.
        at: When it happened.
    """

    id: str
    portal_id: int
    contact_id: int
    topic: str
    properties: Mapping[str, str]
    at: datetime


class EnrollmentState(StrEnum):
    """Whether a contact is still inside a flow."""

    ACTIVE = "active"
    COMPLETED = "completed"
    UNENROLLED = "unenrolled"


@dataclass(slots=True, kw_only=True)
class Enrollment:
    """One passage of a contact through a flow.

    Args:
        id: Its number.
        flow_id: Through which flow.
        contact_id: Of which contact.
        started_at: When it began.
        cause: ``trigger`` or ``manual``.
        event: What brought the contact in, for a flow that events start.
        ended_at: When it was over.
        reason: Why the contact left before the end.
        state: Whether the contact is still inside.
        steps: What it has gone through, oldest first.
    """

    id: int
    flow_id: int
    contact_id: int
    started_at: datetime
    cause: str
    event: Occurrence | None = None
    ended_at: datetime | None = None
    reason: str = ""
    state: EnrollmentState = EnrollmentState.ACTIVE
    steps: list[Step] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the enrolment as the control routes show it."""
        return {
            "enrollmentId": str(self.id),
            "flowId": str(self.flow_id),
            "contactId": str(self.contact_id),
            "cause": self.cause,
            "state": self.state,
            "reason": self.reason,
            "startedAt": iso(self.started_at),
            "endedAt": iso(self.ended_at) if self.ended_at else None,
            "steps": [step.as_json() for step in self.steps],
        }


@dataclass(slots=True, kw_only=True)
class Flow:
    """A workflow of an account.

    Args:
        id: Its number.
        legacy_id: Its number in the older API, by which contacts are enrolled.
        body: The flow as it was last written, without what HubSpot adds.
        created_at: When it was made.
        updated_at: When it was last written.
        revisions: What it was after each write, oldest first.
        topics: What its entry and its exits look at.
        actions: Its actions by ``actionId``.
        ever: The contacts that have been through it.
        inside: Who is in it now, by contact.
        evaluations: How many times a contact was measured against its filters.
        is_timed: Whether time alone may let contacts in or out.
        turns: When contacts are looked at again for that, by contact.
        paces: Since when, and how often, triggers have brought each contact in lately.
    """

    id: int
    legacy_id: int
    body: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    revisions: list[dict[str, Any]] = field(default_factory=list)
    topics: frozenset[str] = frozenset()
    actions: dict[str, dict[str, Any]] = field(default_factory=dict)
    ever: set[int] = field(default_factory=set)
    inside: dict[int, Enrollment] = field(default_factory=dict)
    evaluations: int = 0
    is_timed: bool = False
    turns: dict[int, Handle] = field(default_factory=dict)
    paces: dict[int, tuple[datetime, int]] = field(default_factory=dict)

    @property
    def is_enabled(self) -> bool:
        """Whether it is published: one that is not enrols nobody."""
        return bool(self.body.get("isEnabled"))

    @property
    def revision(self) -> int:
        """The number of its last write, from 1."""
        return len(self.revisions)

    @property
    def criteria(self) -> Mapping[str, Any]:
        """Its ``enrollmentCriteria``."""
        return self.body.get("enrollmentCriteria") or {"type": "MANUAL"}
