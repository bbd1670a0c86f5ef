"""Running an app's action: the signed call, its answer, the tries and the waits."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from fakes.hubspot.automation.passage import Passage
from fakes.hubspot.automation.records import Definition
from fakes.hubspot.automation.request import execution_body
from fakes.hubspot.automation.rules import rule_message
from fakes.hubspot.automation.steps import Attempt, Step, StepState
from fakes.hubspot.automation.verdicts import Verdict, gap_after, judge, settled
from fakes.hubspot.calling import Why, signed_post
from fakes.hubspot.calls import Purpose
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App
from fakes.hubspot.times import iso

PREFIX = "1-"
"""What an app's ``actionTypeId`` begins with; the definition's number follows."""


async def run(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Call the app that the action belongs to; an app that is not connected fails the step."""
    found = _definition(passage.hub, step.action_type)
    if found is None or found[0].id not in passage.portal.installs:
        passage.finish(step, StepState.FAILED, "The app of this action is not connected")
        return
    app, definition = found
    enrollment, portal = passage.enrollment, passage.portal
    step.app_id = app.id
    step.callback_id = f"ap-{portal.id}-{enrollment.id}-{step.action_id}-{step.index}"
    step.request = execution_body(
        definition,
        enrollment,
        step,
        action.get("fields") or {},
        passage.contact,
        portal_id=portal.id,
        settings=passage.hub.settings,
    )
    portal.executions[step.callback_id] = (enrollment, step)
    passage.hub.event("action.started", **passage.facts(step), appId=app.id)
    await _attempt(passage, step)


def complete(passage: Passage, step: Step, outputs: Mapping[str, Any]) -> None:
    """Take the app's word that a blocked execution is over.

    Assumed: one that comes before the answer to the call is kept until that answer blocks.

    Raises:
        RefusedError: The execution was completed before (404).
    """
    if step.early is not None:
        raise not_found(f"The callback {step.callback_id} was already completed")
    passage.hub.event("action.completed", **passage.facts(step), outputs=dict(outputs))
    if step.state is StepState.BLOCKED:
        _settle(passage, step, settled(outputs))
    else:
        step.early = dict(outputs)


def disconnect(passage: Passage, step: Step) -> None:
    """Fail an execution whose app has just been uninstalled."""
    passage.finish(step, StepState.FAILED, "The app of this action was disconnected")


async def _attempt(passage: Passage, step: Step) -> None:
    found = _definition(passage.hub, step.action_type)
    if step.is_over or found is None:
        return
    if step.state is StepState.RETRYING:
        step.move(StepState.RUNNING)
    hub, (app, definition) = passage.hub, found
    number = len(step.attempts) + 1
    why = Why(app=app, purpose=Purpose.ACTION, callback_id=step.callback_id, attempt=number)
    made = await signed_post(hub, why, text_of(definition.body["actionUrl"]), step.request)
    step.attempts.append(Attempt(number=number, made=made))
    outcome = made.outcome
    hub.event(
        "action.attempted",
        **passage.facts(step),
        attempt=number,
        status=outcome.status,
        failure=outcome.failure,
    )
    if not step.is_over:
        _settle(passage, step, judge(outcome, hub.settings))


def _settle(passage: Passage, step: Step, verdict: Verdict) -> None:
    step.outputs = dict(verdict.outputs)
    if verdict.state is StepState.RETRYING:
        _retry(passage, step, verdict)
    elif verdict.state is StepState.BLOCKED and step.early is not None:
        _settle(passage, step, settled(step.early))
    elif verdict.state is StepState.BLOCKED:
        step.move(StepState.BLOCKED)
        step.message = verdict.message
        passage.hub.event("action.blocked", **passage.facts(step))
        wait = verdict.wait or passage.hub.settings.action_wait
        label = f"expiry of {step.callback_id}"
        step.timer = passage.hub.later(wait, partial(_expire, passage, step), label=label)
    else:
        passage.finish(step, verdict.state, _message(passage, step, verdict))


def _retry(passage: Passage, step: Step, verdict: Verdict) -> None:
    hub, tried = passage.hub, len(step.attempts)
    # An answer that asks for no wait is not called again at once, and then for ever.
    gap = verdict.wait or gap_after(step.alike, hub.settings)
    due = hub.now() + gap
    if due > step.started_at + hub.settings.action_retry_span:
        passage.finish(step, StepState.FAILED, f"{verdict.message}; given up after {tried} tries")
        return
    step.move(StepState.RETRYING)
    step.message = verdict.message
    step.attempts[-1].next_at = due
    hub.event(
        "action.retrying",
        **passage.facts(step),
        attempt=tried,
        nextAt=iso(due),
        message=verdict.message,
    )
    label = f"try {tried + 1} of {step.callback_id}"
    step.timer = hub.later(gap, partial(_attempt, passage, step), label=label)


async def _expire(passage: Passage, step: Step) -> None:
    if step.state is StepState.BLOCKED:
        passage.finish(step, StepState.EXPIRED, "The app did not complete this action in time")


def _message(passage: Passage, step: Step, verdict: Verdict) -> str:
    found = _definition(passage.hub, step.action_type)
    if found is None:
        return verdict.message
    said = rule_message(found[1].body, verdict.outputs, passage.portal.locale)
    return said or verdict.message


def _definition(hub: Hub, action_type: str) -> tuple[App, Definition] | None:
    number = number_of(action_type.removeprefix(PREFIX))
    for app in hub.state.apps.values():
        definition = app.definitions.get(number or 0)
        if definition is not None and definition.archived_at is None:
            return app, definition
    return None
