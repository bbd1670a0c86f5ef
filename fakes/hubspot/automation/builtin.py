"""The actions that HubSpot itself runs on a contact: waiting, writing, listing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from fakes.hubspot.automation.inputs import resolve
from fakes.hubspot.automation.passage import Passage
from fakes.hubspot.automation.steps import Step, StepState
from fakes.hubspot.crm import marketing, membership, store
from fakes.hubspot.crm.contact_lists import Processing
from fakes.hubspot.crm.records import Channel, Source
from fakes.hubspot.crm.values import checked, text_of
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.shapes import number_of
from fakes.hubspot.times import iso, read_moment

_UNITS = {
    "SECONDS": timedelta(seconds=1),
    "MINUTES": timedelta(minutes=1),
    "HOURS": timedelta(hours=1),
    "DAYS": timedelta(days=1),
    "WEEKS": timedelta(weeks=1),
}
_LONGEST_DELAY = 10 * 365 * 86_400


async def delay(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Wait for ``delta`` times ``time_unit``.

    Source: HubSpot developer docs, Workflows v4 (docs).
    """
    fields = action.get("fields") or {}
    text, unit = text_of(fields.get("delta")), str(fields.get("time_unit") or "MINUTES")
    wait = _span(text, unit)
    if wait is None:
        passage.finish(step, StepState.FAILED, f"Cannot wait for '{text}' {unit}")
    else:
        _wait(passage, step, wait)


async def delay_until(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Wait until a date, or for a span as ``delay`` does when there is one and no date.

    Source: HubSpot developer docs, Workflows v4 (docs: both uses of this type). Assumed: the
    date stands in ``date``, fixed or a property; ``delta`` days or so are added to it; one that
    is past, or absent, is not waited for.
    """
    fields = action.get("fields") or {}
    if fields.get("date") is None:
        await delay(passage, step, action)
        return
    text = resolve(fields["date"], passage.contact, passage.enrollment)
    due = read_moment(text)
    if due is None:
        passage.finish(step, StepState.SUCCEEDED, f"'{text}' is no date: not waited for")
        return
    shift = _span(text_of(fields.get("delta")), str(fields.get("time_unit") or "MINUTES"))
    _wait(passage, step, _until(passage, due) + (shift or timedelta()))


async def set_property(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Write one property of the contact; what HubSpot would refuse fails the step.

    Source: HubSpot developer docs, Workflows v4 (docs).
    """
    fields = action.get("fields") or {}
    name, given = text_of(fields.get("property_name")), fields.get("value")
    is_moment = isinstance(given, Mapping) and given.get("type") == "TIMESTAMP"
    try:
        value = (
            iso(passage.hub.now())
            if is_moment
            else resolve(given, passage.contact, passage.enrollment)
        )
        values = checked(passage.portal, {name: value}, passage.contact.values)
        store.update(passage.hub, passage.portal, passage.contact, values, _source(passage))
    except RefusedError as refusal:
        passage.finish(step, StepState.FAILED, refusal.message)
        return
    passage.finish(step, StepState.SUCCEEDED)


async def change_list(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Put the contact on a list, or take it off with ``REMOVE``.

    Source: HubSpot developer docs, Workflows v4 (docs: the type). Assumed: the fields ``listId``
    and ``action``.
    """
    fields = action.get("fields") or {}
    number = number_of(text_of(fields.get("listId", fields.get("list_id"))))
    found = passage.portal.lists.get(number or 0)
    if found is None or found.archived_at is not None:
        passage.finish(step, StepState.FAILED, f"There is no list {number}")
        return
    if found.processing is Processing.DYNAMIC:
        passage.finish(step, StepState.FAILED, f"The list {number} fills itself")
        return
    change = membership.leave if fields.get("action") == "REMOVE" else membership.join
    change(passage.hub, passage.portal, found, [passage.contact.id], _source(passage))
    passage.finish(step, StepState.SUCCEEDED)


async def change_marketing(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Make the contact a marketing one or, with ``NON_MARKETABLE``, have it cease to be one.

    Source: flows read from real accounts (many: the type). Assumed: the field ``marketableType``
    and its values.
    """
    fields = action.get("fields") or {}
    hub, portal, source = passage.hub, passage.portal, _source(passage)
    if fields.get("marketableType") == "NON_MARKETABLE":
        marketing.unset_marketing(hub, portal, passage.contact, source)
    else:
        marketing.set_marketing(hub, portal, passage.contact, source, "WORKFLOW")
    passage.finish(step, StepState.SUCCEEDED)


async def skip(passage: Passage, step: Step, action: Mapping[str, Any]) -> None:
    """Pass over an action that this fake does not run, and say so."""
    kind = action.get("actionTypeId") or action.get("type")
    passage.finish(step, StepState.SKIPPED, f"This fake does not run the action {kind}")


def _span(text: str, unit: str) -> timedelta | None:
    number = number_of(text)
    if number is None or unit not in _UNITS:
        return None
    return timedelta(seconds=min(number * _UNITS[unit].total_seconds(), _LONGEST_DELAY))


def _until(passage: Passage, due: datetime) -> timedelta:
    return min(due - passage.hub.now(), timedelta(seconds=_LONGEST_DELAY))


def _wait(passage: Passage, step: Step, span: timedelta) -> None:
    step.move(StepState.DELAYED)
    label = f"delay of enrolment {passage.enrollment.id}"
    step.timer = passage.hub.later(span, partial(_wake, passage, step), label=label)


async def _wake(passage: Passage, step: Step) -> None:
    passage.finish(step, StepState.SUCCEEDED)


def _source(passage: Passage) -> Source:
    return Source(channel=Channel.WORKFLOW, id=f"enrollmentId:{passage.enrollment.id}")
