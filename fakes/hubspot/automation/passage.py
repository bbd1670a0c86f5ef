"""One contact's way through one flow: from action to action, each in a job of its own."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, timedelta
from functools import partial
from typing import Any

from fakes.hubspot.automation.flow_rules import BRANCHING
from fakes.hubspot.automation.hours import next_opening
from fakes.hubspot.automation.records import Enrollment, EnrollmentState, Flow
from fakes.hubspot.automation.steps import Step, StepState
from fakes.hubspot.automation.timepoints import zone_named
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso

Run = Callable[["Passage", Step, Mapping[str, Any]], Awaitable[None]]
"""Runs one action of a flow: it finishes the step, or leaves it waiting."""

_LONGEST = 1000
_FREE = frozenset(("0-1", "0-35"))
"""The actions that time windows do not hold back: those that only wait."""


class Passage:
    """Moves one enrolment along.

    Args:
        hub: The fake.
        portal: The account.
        flow: The flow.
        enrollment: What is remembered of the passage.
        run_of: Gives what runs an action, by its ``actionTypeId``.
    """

    __slots__ = ("_run_of", "enrollment", "flow", "hub", "portal")

    def __init__(
        self,
        hub: Hub,
        portal: Portal,
        flow: Flow,
        enrollment: Enrollment,
        run_of: Callable[[str], Run],
    ) -> None:
        self.hub = hub
        self.portal = portal
        self.flow = flow
        self.enrollment = enrollment
        self._run_of = run_of

    @property
    def contact(self) -> Contact:
        """Who is enrolled."""
        return self.portal.contacts[self.enrollment.contact_id]

    @property
    def is_active(self) -> bool:
        """Whether the contact is still inside."""
        return self.enrollment.state is EnrollmentState.ACTIVE

    def facts(self, step: Step | None = None) -> dict[str, Any]:
        """Return the ids that a journal event about this passage carries."""
        ids: dict[str, Any] = {
            "portalId": self.portal.id,
            "flowId": self.flow.id,
            "contactId": self.enrollment.contact_id,
            "enrollmentId": self.enrollment.id,
        }
        if step is not None:
            ids |= {"actionId": step.action_id, "callbackId": step.callback_id}
        return ids

    def go_to(self, action_id: str | None) -> None:
        """Promise the next action, or end when there is none."""
        if action_id is None or len(self.enrollment.steps) >= _LONGEST:
            self.end(EnrollmentState.COMPLETED)
            return
        label = f"flow {self.flow.id}, action {action_id}, contact {self.enrollment.contact_id}"
        self.hub.later(timedelta(), partial(self._run, action_id), label=label)

    def finish(self, step: Step, state: StepState, message: str = "") -> None:
        """End a step and go on with what follows it."""
        self.finish_towards(step, state, self._after(step), message)

    def finish_towards(
        self, step: Step, state: StepState, action_id: str | None, message: str = ""
    ) -> None:
        """End a step and go on with ``action_id``; one that has ended already is left alone."""
        if step.is_over:
            return
        step.move(state)
        step.message = message
        step.ended_at = self.hub.now()
        self._forget(step)
        self.hub.event(f"action.{state}", **self.facts(step), message=message)
        self.go_to(action_id)

    def end(self, state: EnrollmentState, reason: str = "") -> None:
        """Let the contact out; a step that is waiting is called off."""
        if not self.is_active:
            return
        self.enrollment.state, self.enrollment.reason = state, reason
        self.enrollment.ended_at = self.hub.now()
        self.flow.inside.pop(self.enrollment.contact_id, None)
        for step in self.enrollment.steps:
            if not step.is_over:
                is_ours = step.state is StepState.RUNNING and step.callback_id is None
                step.move(StepState.SUCCEEDED if is_ours else StepState.SKIPPED)
                step.message, step.ended_at = reason, self.hub.now()
                self._forget(step)
        self.hub.event(f"enrollment.{state}", **self.facts(), reason=reason)

    async def _run(self, action_id: str) -> None:
        if not self.is_active:
            return
        action = self.flow.actions.get(action_id)
        if action is None:
            self.end(EnrollmentState.COMPLETED)
            return
        if self._is_held(action_id, action):
            return
        done = sum(step.action_id == action_id for step in self.enrollment.steps)
        step = Step(
            action_id=action_id,
            action_type=_type_of(action),
            index=done,
            started_at=self.hub.now(),
        )
        self.enrollment.steps.append(step)
        await self._run_of(step.action_type)(self, step, action)

    def _is_held(self, action_id: str, action: Mapping[str, Any]) -> bool:
        windows = self.flow.body.get("timeWindows") or ()
        blocked = self.flow.body.get("blockedDates") or ()
        kind = _type_of(action)
        if not (windows or blocked) or kind in _FREE or kind in BRANCHING:
            return False
        now = self.hub.now()
        zone = zone_named(self.portal.time_zone, UTC)
        opening = next_opening(now, windows, blocked, zone)
        if opening is None:
            self.end(EnrollmentState.UNENROLLED, "no time window of the workflow opens any more")
            return True
        if opening <= now:
            return False
        self.hub.event("enrollment.held", **self.facts(), actionId=action_id, until=iso(opening))
        label = f"opening of flow {self.flow.id} for enrolment {self.enrollment.id}"
        self.hub.later(opening - now, partial(self._run, action_id), label=label)
        return True

    def _after(self, step: Step) -> str | None:
        action = self.flow.actions.get(step.action_id) or {}
        return target_of(action.get("connection"))

    def _forget(self, step: Step) -> None:
        if step.timer is not None:
            step.timer.cancel()
        if step.callback_id is not None:
            self.portal.executions.pop(step.callback_id, None)


def target_of(connection: Mapping[str, Any] | None) -> str | None:
    """Return the action that a connection leads to, or ``None`` when it leads nowhere."""
    following = (connection or {}).get("nextActionId")
    return None if following is None else str(following)


def _type_of(action: Mapping[str, Any]) -> str:
    kind = str(action.get("type"))
    return kind if kind in BRANCHING else str(action.get("actionTypeId") or kind)
