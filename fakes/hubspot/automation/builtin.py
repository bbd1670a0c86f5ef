"""The actions that HubSpot itself runs: delays, and setting a property."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from fakes.hubspot.automation.inputs import resolve
from fakes.hubspot.automation.passage import Passage
from fakes.hubspot.automation.records import Step, StepState
from fakes.hubspot.crm import store
from fakes.hubspot.crm.records import Channel, Source
from fakes.hubspot.crm.values import checked
from fakes.hubspot.errors import RefusedError

_UNITS = {
    "SECONDS": timedelta(seconds=1),
    "MINUTES": timedelta(minutes=1),
    "HOURS": timedelta(hours=1),
    "DAYS": timedelta(days=1),
    "WEEKS": timedelta(weeks=1),
}


async def delay(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Wait for ``delta`` times ``time_unit``.

    Source: HubSpot developer docs, Workflows v4 (docs).
    """
    fields = action.get("fields") or {}
    text, unit = str(fields.get("delta", "")), str(fields.get("time_unit", "MINUTES"))
    if not text.isdigit() or unit not in _UNITS:
        passage.finish(step, StepState.FAILED, f"Cannot wait for '{text}' {unit}")
        return
    step.move(StepState.DELAYED)
    label = f"delay of enrolment {passage.enrollment.id}"
    end = partial(_wake, passage, step)
    step.timer = passage.hub.later(int(text) * _UNITS[unit], end, label=label)


async def set_property(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Write one property of the contact; what HubSpot would refuse fails the step.

    Source: HubSpot developer docs, Workflows v4 (docs).
    """
    fields = action.get("fields") or {}
    name = str(fields.get("property_name", ""))
    source = Source(channel=Channel.WORKFLOW, id=f"enrollmentId:{passage.enrollment.id}")
    try:
        value = resolve(fields.get("value"), passage.contact)
        values = checked(passage.portal, {name: value}, passage.contact.values)
        store.update(passage.hub, passage.portal, passage.contact, values, source)
    except RefusedError as refusal:
        passage.finish(step, StepState.FAILED, refusal.message)
        return
    passage.finish(step, StepState.SUCCEEDED)


async def skip(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Pass over an action that this fake does not run, and say so."""
    kind = action.get("actionTypeId") or action.get("type")
    passage.finish(step, StepState.SKIPPED, f"This fake does not run the action {kind}")


async def _wake(passage: Passage, step: Step) -> None:
    if not step.is_over:
        passage.finish(step, StepState.SUCCEEDED)
