"""Who enters a workflow, when, and how they are let out."""

from collections.abc import Mapping
from typing import Any

from fakes.hubspot.automation.actions import passage_of
from fakes.hubspot.automation.filters import changing, meets
from fakes.hubspot.automation.records import Enrollment, EnrollmentState, Flow
from fakes.hubspot.crm.records import Change, ChangeKind, Contact
from fakes.hubspot.crm.store import living
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal

FIRST_ENROLLMENT_ID = 2_384_000_000_001
"""Where the numbers of enrolments begin, as in captures of real calls."""


def trigger(flow: Flow) -> Mapping[str, Any]:
    """Return the filters that a contact must meet to enter."""
    return _criteria(flow).get("listFilterBranch") or {}


def retrigger(flow: Flow) -> Mapping[str, Any]:
    """Return the filters that bring a contact in again; empty when nothing does.

    Assumed: a flow that re-enrols and names no triggers for it re-enrols on its first ones.
    """
    criteria = _criteria(flow)
    if not criteria.get("shouldReEnroll"):
        return {}
    branches = criteria.get("reEnrollmentTriggersFilterBranches")
    return {"filterBranchOperator": "OR", "filterBranches": branches} if branches else trigger(flow)


def notice(hub: Hub, change: Change) -> None:
    """Enrol the contact in the flows that its change triggers; only those that look are asked."""
    portal = hub.state.portals[change.portal_id]
    if change.kind is ChangeKind.ARCHIVED:
        _let_out(hub, portal, change.contact)
        return
    watching = {
        flow.id: flow for name in change.before for flow in portal.watchers.get(name, {}).values()
    }
    for _, flow in sorted(watching.items()):
        if flow.is_enabled and _triggered(flow, change):
            enroll(hub, portal, flow, change.contact, cause="trigger")


def enroll(hub: Hub, portal: Portal, flow: Flow, contact: Contact, *, cause: str) -> Enrollment:
    """Return the enrolment of a contact; its first action runs after the present work.

    Raises:
        RefusedError: The flow is off, or the contact is inside already.
    """
    if not flow.is_enabled:
        raise invalid(f"The flow {flow.id} is not turned on: publish it first.")
    if contact.id in flow.inside:
        raise RefusedError(
            409, f"The contact {contact.id} is already in the flow {flow.id}", Category.CONFLICT
        )
    enrollment = Enrollment(
        id=hub.ids.count("enrollment", FIRST_ENROLLMENT_ID),
        flow_id=flow.id,
        contact_id=contact.id,
        started_at=hub.now(),
        cause=cause,
    )
    portal.enrollments[enrollment.id] = enrollment
    flow.ever.add(contact.id)
    flow.inside[contact.id] = enrollment
    passage = passage_of(hub, portal, enrollment)
    hub.event("contact.enrolled", **passage.facts(), cause=cause)
    start = flow.body.get("startActionId")
    passage.go_to(None if start is None else str(start))
    return enrollment


def enroll_existing(hub: Hub, portal: Portal, flow: Flow) -> None:
    """Enrol everybody who meets a flow's trigger and has never been through it."""
    for contact in list(living(portal)):
        if contact.id not in flow.ever and meets(trigger(flow), contact.values.get):
            enroll(hub, portal, flow, contact, cause="trigger")


def unenroll_all(hub: Hub, portal: Portal, flow: Flow, reason: str) -> None:
    """Let everybody out of a flow."""
    for enrollment in list(flow.inside.values()):
        passage_of(hub, portal, enrollment).end(EnrollmentState.UNENROLLED, reason)


def _criteria(flow: Flow) -> Mapping[str, Any]:
    criteria: Mapping[str, Any] = flow.body.get("enrollmentCriteria") or {}
    return criteria if criteria.get("type") == "LIST_BASED" else {}


def _triggered(flow: Flow, change: Change) -> bool:
    contact, before = change.contact, change.before
    if contact.id in flow.inside or not meets(trigger(flow), contact.values.get):
        return False
    branch = retrigger(flow) if contact.id in flow.ever else trigger(flow)
    if not meets(branch, contact.values.get):
        return False

    def held_before(name: str) -> str | None:
        return before[name] if name in before else contact.values.get(name)

    return not meets(branch, held_before) or not changing(branch).isdisjoint(before)


def _let_out(hub: Hub, portal: Portal, contact: Contact) -> None:
    for flow in portal.flows.values():
        if (enrollment := flow.inside.get(contact.id)) is not None:
            reason = "the contact was deleted"
            passage_of(hub, portal, enrollment).end(EnrollmentState.UNENROLLED, reason)
