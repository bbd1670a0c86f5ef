"""Contacts entering workflows and leaving them, as things happen to them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from functools import partial

from fakes.hubspot.automation.actions import passage_of
from fakes.hubspot.automation.entry import (
    barred,
    conditions,
    enters,
    enters_by,
    leaves,
    trigger,
)
from fakes.hubspot.automation.filters import meets
from fakes.hubspot.automation.records import Enrollment, EnrollmentState, Flow, Occurrence
from fakes.hubspot.automation.seen import Seen, seen
from fakes.hubspot.automation.turning import next_turn
from fakes.hubspot.crm.records import Change, ChangeKind, Contact
from fakes.hubspot.crm.store import living
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal

FIRST_ENROLLMENT_ID = 2_384_000_000_001
"""Where the numbers of enrolments begin, as in captures of real calls."""

MOST_ENTRIES = 100
"""How often triggers bring one contact into one flow within a minute. Assumed."""

_MINUTE = timedelta(minutes=1)

PROPERTY_CHANGED = "event:4-655002"
"""The event of a property that changes, by ``hs_name`` and ``hs_value``. Assumed: these names."""


def notice(hub: Hub, change: Change) -> None:
    """Let a contact in and out of workflows after a change; only those that look are asked."""
    portal = hub.state.portals[change.portal_id]
    if not portal.flows:
        return
    contact = change.contact
    if contact.archived_at is not None:
        _let_out(hub, portal, contact)
        return
    if change.kind is ChangeKind.MERGED:
        _merge(hub, portal, change)
    now = seen(hub, portal, contact)
    if change.list_id is not None:
        joined = change.kind is ChangeKind.LISTED
        before = replace(now, lists={change.list_id: not joined})
        _consider(hub, now, before, {f"list:{change.list_id}"})
        return
    topics = {f"property:{name}" for name in change.before}
    if not topics.isdisjoint(portal.watchers):
        _consider(hub, now, replace(now, values=change.before), topics)
    if portal.watchers.get(PROPERTY_CHANGED):
        for name in change.before:
            _consider_event(hub, now, _property_changed(now, name))


def witness(hub: Hub, occurrence: Occurrence) -> None:
    """Remember what happened to a contact, and let it in and out of workflows for that."""
    portal = hub.state.portals[occurrence.portal_id]
    contact = portal.contacts[occurrence.contact_id]
    kinds = portal.occurrences.setdefault(contact.id, {})
    kinds.setdefault(occurrence.topic, {})[occurrence.id] = occurrence
    now = seen(hub, portal, contact)
    _consider(hub, now, replace(now, unseen=occurrence), {occurrence.topic})
    _consider_event(hub, now, occurrence)


def enroll(
    hub: Hub,
    portal: Portal,
    flow: Flow,
    contact: Contact,
    *,
    cause: str,
    event: Occurrence | None = None,
) -> Enrollment:
    """Return the enrolment of a contact; its first action runs after the present work.

    Args:
        hub: The fake.
        portal: The account.
        flow: The flow.
        contact: Who enters.
        cause: ``trigger`` or ``manual``.
        event: What brought the contact in, when an event did.

    Raises:
        RefusedError: The flow is off, or the contact is inside already or barred.
    """
    if not flow.is_enabled:
        raise invalid(f"The flow {flow.id} is not turned on: publish it first.")
    if contact.id in flow.inside:
        raise RefusedError(
            409, f"The contact {contact.id} is already in the flow {flow.id}", Category.CONFLICT
        )
    if (reason := barred(flow, seen(hub, portal, contact))) is not None:
        raise invalid(f"The contact {contact.id} cannot enter the flow {flow.id}: {reason}.")
    enrollment = Enrollment(
        id=hub.ids.count("enrollment", FIRST_ENROLLMENT_ID),
        flow_id=flow.id,
        contact_id=contact.id,
        started_at=hub.now(),
        cause=cause,
        event=event,
    )
    portal.enrollments[enrollment.id] = enrollment
    flow.ever.add(contact.id)
    flow.inside[contact.id] = enrollment
    passage = passage_of(hub, portal, enrollment)
    hub.event("contact.enrolled", **passage.facts(), cause=cause)
    _leave_others(hub, portal, flow, contact)
    start = flow.body.get("startActionId")
    passage.go_to(None if start is None else str(start))
    return enrollment


def enroll_existing(hub: Hub, portal: Portal, flow: Flow) -> None:
    """Enrol everybody who meets a flow's trigger and has never been through it."""
    for contact in list(living(portal)):
        now = seen(hub, portal, contact)
        flow.evaluations += 1
        may = contact.id not in flow.ever and barred(flow, now) is None
        if may and meets(trigger(flow), now):
            enroll(hub, portal, flow, contact, cause="trigger")


def await_turns(hub: Hub, portal: Portal, flow: Flow) -> None:
    """Look at each contact again when time alone may let it into a flow, or out.

    Everybody is looked through once, when the flow is turned on; then each at their own moments.
    """
    for contact in living(portal):
        _await_turn(hub, flow, seen(hub, portal, contact))


def unenroll(hub: Hub, portal: Portal, flow: Flow, contact: Contact, reason: str) -> None:
    """Let a contact out of a flow; one that is not inside is left alone."""
    if (enrollment := flow.inside.get(contact.id)) is not None:
        passage_of(hub, portal, enrollment).end(EnrollmentState.UNENROLLED, reason)


def unenroll_all(hub: Hub, portal: Portal, flow: Flow, reason: str) -> None:
    """Let everybody out of a flow."""
    for number in list(flow.inside):
        unenroll(hub, portal, flow, portal.contacts[number], reason)


def _consider(hub: Hub, now: Seen, before: Seen, changed: Collection[str]) -> None:
    for flow in _watching(now.portal, changed):
        _look(hub, flow, now, before, changed)


def _look(hub: Hub, flow: Flow, now: Seen, before: Seen, changed: Collection[str]) -> None:
    portal, contact = now.portal, now.contact
    flow.evaluations += 1
    if contact.id in flow.inside:
        if (reason := leaves(flow, now, before)) is not None:
            unenroll(hub, portal, flow, contact, reason)
    elif enters(flow, now, before, changed) and barred(flow, now) is None:
        _enter(hub, flow, now)
    if flow.is_timed:
        _await_turn(hub, flow, now)


def _await_turn(hub: Hub, flow: Flow, now: Seen) -> None:
    number = now.contact.id
    if (earlier := flow.turns.pop(number, None)) is not None:
        earlier.cancel()
    if (due := next_turn(conditions(flow), now)) is not None:
        label = f"contact {number} as time passes, flow {flow.id}"
        flow.turns[number] = hub.later(due - now.now, partial(_turn, hub, flow, now), label=label)


async def _turn(hub: Hub, flow: Flow, before: Seen) -> None:
    portal, contact = before.portal, before.contact
    flow.turns.pop(contact.id, None)
    if portal.contacts.get(contact.id) is contact and contact.archived_at is None:
        _look(hub, flow, seen(hub, portal, contact), before, ())


def _consider_event(hub: Hub, now: Seen, event: Occurrence) -> None:
    for flow in _watching(now.portal, (event.topic,)):
        flow.evaluations += 1
        is_out = now.contact.id not in flow.inside and barred(flow, now) is None
        if is_out and enters_by(flow, now, event):
            _enter(hub, flow, now, event)


def _enter(hub: Hub, flow: Flow, now: Seen, event: Occurrence | None = None) -> None:
    """Enrol a contact, unless flows that bring each other's contacts in would go on for ever.

    Assumed: HubSpot lets them; here time stands still meanwhile, so they are stopped and told of.
    """
    number = now.contact.id
    since, times = flow.paces.get(number, (now.now, 0))
    if now.now - since >= _MINUTE:
        since, times = now.now, 0
    flow.paces[number] = (since, times + 1)
    if times < MOST_ENTRIES:
        enroll(hub, now.portal, flow, now.contact, cause="trigger", event=event)
    elif times == MOST_ENTRIES:
        hub.event("flow.looping", portalId=now.portal.id, flowId=flow.id, contactId=number)


def _watching(portal: Portal, topics: Collection[str]) -> list[Flow]:
    found = {flow.id: flow for topic in topics for flow in portal.watchers.get(topic, {}).values()}
    return [flow for _, flow in sorted(found.items()) if flow.is_enabled]


def _property_changed(now: Seen, name: str) -> Occurrence:
    return Occurrence(
        id="",
        portal_id=now.portal.id,
        contact_id=now.contact.id,
        topic=PROPERTY_CHANGED,
        properties={"hs_name": name, "hs_value": now.value(name) or ""},
        at=now.now,
    )


def _leave_others(hub: Hub, portal: Portal, flow: Flow, contact: Contact) -> None:
    setting = flow.body.get("unEnrollmentSetting") or {}
    named = [number_of(str(number)) for number in setting.get("flowIds") or ()]
    for other in list(portal.flows.values()):
        if other is not flow and (setting.get("type") == "ALL" or other.id in named):
            reason = f"the contact entered the flow {flow.id}"
            unenroll(hub, portal, other, contact, reason)


def _let_out(hub: Hub, portal: Portal, contact: Contact) -> None:
    for flow in portal.flows.values():
        unenroll(hub, portal, flow, contact, "the contact was deleted")


def _merge(hub: Hub, portal: Portal, change: Change) -> None:
    """Have the merged contacts leave, and what comes out of them have been where they were."""
    for number in change.merged_ids:
        for flow in portal.flows.values():
            if number != change.contact.id:
                unenroll(hub, portal, flow, portal.contacts[number], "the contact was merged")
            if number in flow.ever:
                flow.ever.add(change.contact.id)
