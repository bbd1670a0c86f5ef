"""The ledger of callbacks: what was sent where, what came back, what is due."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson

from fakes.kit.scheduler import Handle


class Kind(StrEnum):
    """What a callback tells."""

    STATUS = "status"
    MO = "mo"


class Progress(StrEnum):
    """Where a callback stands."""

    WAITING = "waiting"
    """Another try is due."""
    ANSWERED = "answered"
    """A 2xx came."""
    DROPPED = "dropped"
    """The last try failed, or it may not be called."""
    HELD = "held"
    """The valve holds it until somebody releases it."""
    LOST = "lost"
    """The valve lost it: the app never hears of it, unless it is delivered again by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One call.

    Args:
        number: From 1.
        at: When it was made.
        latency: How long its answer took.
        status: The answer's HTTP status, if one came.
        failure: Why none came: ``timeout``, ``unreachable``, ``forbidden``.
        detail: The failure in words, or the first of the answer's text.
        next_due: When it is tried again, if it is.
    """

    number: int
    at: datetime
    latency: timedelta
    status: int | None
    failure: str | None
    detail: str
    next_due: datetime | None

    def as_json(self) -> dict[str, Any]:
        """Return the call as JSON-ready values."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "latencySeconds": self.latency.total_seconds(),
            "status": self.status,
            "failure": self.failure,
            "detail": self.detail,
            "nextDue": self.next_due.isoformat() if self.next_due else None,
        }


@dataclass(slots=True, kw_only=True)
class Callback:
    """One thing to tell an app, and every try at telling it.

    Args:
        callback_id: Ours, for the ledger.
        kind: What it tells.
        url: Whom.
        body: The exact bytes.
        headers: Sent along.
        ids: The business ids that it is about.
        progress: Where it stands.
        attempts: The tries, oldest first.
        retry: The next try, while one is promised.
        tries: How many of the attempts were smsmode's own, and not made by hand.
    """

    callback_id: str
    kind: Kind
    url: str
    body: bytes
    headers: dict[str, str]
    ids: dict[str, str]
    progress: Progress = Progress.WAITING
    attempts: list[Attempt] = field(default_factory=list)
    retry: Handle | None = None
    tries: int = 0

    @property
    def due(self) -> datetime | None:
        """When the next try is due, while one is promised."""
        return self.attempts[-1].next_due if self.attempts and self.retry else None

    def as_json(self) -> dict[str, Any]:
        """Return the callback as JSON-ready values."""
        due = self.due
        return {
            "callbackId": self.callback_id,
            "kind": self.kind,
            **self.ids,
            "url": self.url,
            "headers": self.headers,
            "body": orjson.loads(self.body),
            "progress": self.progress,
            "nextDue": due.isoformat() if due else None,
            "attempts": [attempt.as_json() for attempt in self.attempts],
        }
