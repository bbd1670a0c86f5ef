"""One action of a flow as one enrolment goes through it: its state, its tries, its end."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from fakes.hubspot.calls import Made
from fakes.hubspot.times import iso
from fakes.kit.scheduler import Handle


class StepState(StrEnum):
    """Where an action of one enrolment stands."""

    RUNNING = "running"
    DELAYED = "delayed"
    RETRYING = "retrying"
    BLOCKED = "blocked"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    EXPIRED = "expired"
    SKIPPED = "skipped"


_ENDS = frozenset((StepState.SUCCEEDED, StepState.FAILED, StepState.EXPIRED, StepState.SKIPPED))
TRANSITIONS: dict[StepState, frozenset[StepState]] = {
    StepState.RUNNING: frozenset((StepState.DELAYED, StepState.RETRYING, StepState.BLOCKED))
    | _ENDS,
    StepState.DELAYED: frozenset((StepState.SUCCEEDED, StepState.SKIPPED)),
    StepState.RETRYING: frozenset((StepState.RUNNING, StepState.FAILED, StepState.SKIPPED)),
    StepState.BLOCKED: _ENDS,
}
"""From where a step may go where; an end has no way out."""


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One call to an action's address.

    Args:
        number: From 1.
        made: The call, and what came of it.
        next_at: When the next one is due, if there is to be one.
    """

    number: int
    made: Made
    next_at: datetime | None = None

    @property
    def was_throttled(self) -> bool:
        """Whether it was turned away, to come back later, rather than failed."""
        return self.made.outcome.status == HTTPStatus.TOO_MANY_REQUESTS

    def as_json(self) -> dict[str, Any]:
        """Return the attempt as the control routes show it."""
        outcome = self.made.outcome
        return {
            "number": self.number,
            "at": iso(self.made.at),
            "request": self.made.request_json(),
            "signed": self.made.signed.decode("utf-8", "replace"),
            "status": outcome.status,
            "failure": outcome.failure,
            "detail": outcome.detail,
            "answer": outcome.body.decode("utf-8", "replace"),
            "nextAt": iso(self.next_at) if self.next_at else None,
        }


@dataclass(slots=True, kw_only=True)
class Step:
    """One action of a flow, as one enrolment went through it.

    Args:
        action_id: Which action of the flow.
        action_type: Its ``actionTypeId``.
        index: How many times this enrolment had run it before.
        started_at: When it began.
        ended_at: When it was over.
        state: Where it stands.
        message: What the history says of it.
        callback_id: The custom action's key; ``None`` for HubSpot's own actions.
        app_id: Whose custom action it is.
        request: The exact body that is sent, the same at every try.
        outputs: What the action answered.
        attempts: Every call made.
        early: The outputs of a completion that came before the answer to the call.
        timer: The promise of its next try or of its expiry.
    """

    action_id: str
    action_type: str
    index: int
    started_at: datetime
    ended_at: datetime | None = None
    state: StepState = StepState.RUNNING
    message: str = ""
    callback_id: str | None = None
    app_id: int | None = None
    request: bytes = b""
    outputs: dict[str, Any] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    early: dict[str, Any] | None = None
    timer: Handle | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.state not in TRANSITIONS

    @property
    def alike(self) -> int:
        """How many of its tries ended as the last one: turned away, or failed."""
        last = self.attempts[-1].was_throttled
        return sum(attempt.was_throttled is last for attempt in self.attempts)

    def move(self, to: StepState) -> None:
        """Go to another state.

        Raises:
            ValueError: The table has no such way.
        """
        if to not in TRANSITIONS.get(self.state, ()):
            msg = f"step {self.action_id} ({self.callback_id}) cannot go from {self.state} to {to}"
            raise ValueError(msg)
        self.state = to

    def as_json(self) -> dict[str, Any]:
        """Return the step as the control routes show it."""
        return {
            "actionId": self.action_id,
            "actionTypeId": self.action_type,
            "index": self.index,
            "state": self.state,
            "message": self.message,
            "callbackId": self.callback_id,
            "request": self.request.decode(),
            "outputFields": self.outputs,
            "startedAt": iso(self.started_at),
            "endedAt": iso(self.ended_at) if self.ended_at else None,
            "attempts": [attempt.as_json() for attempt in self.attempts],
        }
