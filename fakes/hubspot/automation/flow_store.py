"""Workflows of an account: making them, writing them, finding them."""

from collections.abc import Mapping
from typing import Any

from fakes.hubspot.automation import entry
from fakes.hubspot.automation.enrolment import await_turns, enroll_existing, unenroll_all
from fakes.hubspot.automation.flow_rules import refuse_flawed
from fakes.hubspot.automation.hours import refuse_hours
from fakes.hubspot.automation.records import Flow
from fakes.hubspot.automation.turning import counts_from_now
from fakes.hubspot.errors import not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso

FIRST_FLOW_ID = 585_000_001
"""Where the numbers of flows begin."""

FIRST_LEGACY_ID = 58_000_001
"""Where the numbers of the older API begin."""

_OURS = frozenset(("id", "revisionId", "createdAt", "updatedAt"))
_DEFAULTS: dict[str, Any] = {
    "isEnabled": False,
    "flowType": "WORKFLOW",
    "type": "CONTACT_FLOW",
    "objectTypeId": "0-1",
    "actions": [],
    "timeWindows": [],
    "blockedDates": [],
    "customProperties": {},
    "dataSources": [],
    "suppressionListIds": [],
    "unEnrollmentSetting": {"type": "SELECTIVE", "flowIds": []},
    "crmObjectCreationStatus": "COMPLETE",
    "canEnrollFromSalesforce": False,
}


def create(hub: Hub, portal: Portal, body: Mapping[str, Any]) -> Flow:
    """Return a new flow; one that is enabled enrols whoever comes to meet its trigger.

    Raises:
        RefusedError: Its trigger or its actions do not hold together.
    """
    now = hub.now()
    _refuse(body)
    flow = Flow(
        id=hub.ids.count("flow", FIRST_FLOW_ID),
        legacy_id=hub.ids.count("legacy flow", FIRST_LEGACY_ID),
        body={},
        created_at=now,
        updated_at=now,
    )
    portal.flows[flow.id] = flow
    write(hub, portal, flow, {**body, "uuid": hub.ids.uuid()})
    return flow


def write(hub: Hub, portal: Portal, flow: Flow, body: Mapping[str, Any]) -> None:
    """Replace a flow's content; turned off, it lets go of who is inside.

    Assumed: turning a flow on enrols nobody who met its trigger before, unless the setting
    ``publishing_enrols_existing`` says so.

    Raises:
        RefusedError: Its trigger or its actions do not hold together.
    """
    _refuse(body)
    was_enabled = flow.is_enabled
    kept = {name: value for name, value in body.items() if name not in _OURS}
    flow.body = {**_DEFAULTS, **kept, "uuid": body.get("uuid") or flow.body.get("uuid")}
    flow.updated_at = hub.now()
    flow.actions = {str(action["actionId"]): action for action in flow.body["actions"] or ()}
    flow.revisions.append(flow.body)
    unwatch(portal, flow)
    flow.topics = entry.topics(flow)
    for topic in flow.topics:
        portal.watchers.setdefault(topic, {})[flow.id] = flow
    flow.is_timed = any(map(counts_from_now, entry.conditions(flow)))
    if flow.is_enabled and flow.is_timed:
        await_turns(hub, portal, flow)
    if flow.is_enabled is not was_enabled:
        kind = "flow.published" if flow.is_enabled else "flow.unpublished"
        hub.event(kind, portalId=portal.id, flowId=flow.id, name=flow.body.get("name"))
    if was_enabled and not flow.is_enabled:
        unenroll_all(hub, portal, flow, "the workflow was turned off")
    if flow.is_enabled and not was_enabled and hub.settings.publishing_enrols_existing:
        enroll_existing(hub, portal, flow)


def remove(hub: Hub, portal: Portal, flow: Flow) -> None:
    """Delete a flow; who is inside leaves."""
    unenroll_all(hub, portal, flow, "the workflow was deleted")
    unwatch(portal, flow)
    portal.flows.pop(flow.id)


def unwatch(portal: Portal, flow: Flow) -> None:
    """Have a flow look at nothing any more."""
    for topic in flow.topics:
        portal.watchers[topic].pop(flow.id, None)
    while flow.turns:
        flow.turns.popitem()[1].cancel()


def named(portal: Portal, text: str) -> Flow:
    """Return a flow by its number.

    Raises:
        RefusedError: There is none.
    """
    found = portal.flows.get(number_of(text) or 0)
    if found is None:
        raise not_found(f"No flow has the id {text}")
    return found


def by_legacy_id(portal: Portal, text: str) -> Flow:
    """Return a flow by its number in the older API.

    Raises:
        RefusedError: There is none.
    """
    number = number_of(text)
    found = next((flow for flow in portal.flows.values() if flow.legacy_id == number), None)
    if found is None:
        raise not_found(f"No workflow has the id {text}")
    return found


def shown(flow: Flow, revision: int | None = None) -> dict[str, Any]:
    """Return a flow as the API shows it, now or at one of its revisions, from 1."""
    number = flow.revision if revision is None else revision
    return {
        "id": str(flow.id),
        "revisionId": str(number),
        "createdAt": iso(flow.created_at),
        "updatedAt": iso(flow.updated_at),
        **flow.revisions[number - 1],
    }


def _refuse(body: Mapping[str, Any]) -> None:
    refuse_flawed(body)
    refuse_hours(body)
