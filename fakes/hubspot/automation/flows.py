"""Workflows as the API reads and writes them."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.automation import enrolment
from fakes.hubspot.automation.filters import properties_of, refuse_unknown
from fakes.hubspot.automation.records import Flow
from fakes.hubspot.bodies import as_object, cursor, inputs_of, read_object, whole_number
from fakes.hubspot.crm.views import page
from fakes.hubspot.errors import Category, RefusedError, invalid, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

FIRST_FLOW_ID = 585_000_001
"""Where the numbers of flows begin."""

SCOPE = "automation"
_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Workflows v4")
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
    "unEnrollmentSetting": {"type": "ALL", "flowIds": []},
    "crmObjectCreationStatus": "COMPLETE",
    "canEnrollFromSalesforce": False,
}
_CRITERIA = frozenset(("LIST_BASED", "EVENT_BASED", "MANUAL", "DATASET"))


async def list_flows(call: HubCall) -> Response:
    """Answer ``GET …/flows``: a page of them, by id."""
    portal = account(call, SCOPE).portal
    limit, after = whole_number(call, "limit", 100, 100), cursor(call)
    found = [flow for flow in portal.flows.values() if flow.id > after]
    following = str(found[limit - 1].id) if len(found) > limit else None
    return json_answer(page(map(_line, found[:limit]), following))


async def create_flow(call: HubCall) -> Response:
    """Answer ``POST …/flows``."""
    portal = account(call, SCOPE).portal
    flow = create(call.party, portal, await read_object(call, "name"))
    return json_answer(shown(flow), 201)


async def read_flow(call: HubCall) -> Response:
    """Answer ``GET …/flows/{flowId}``."""
    return json_answer(shown(named(account(call, SCOPE).portal, call.params["flowId"])))


async def replace_flow(call: HubCall) -> Response:
    """Answer ``PUT …/flows/{flowId}``: the whole flow, with the revision that it replaces."""
    portal = account(call, SCOPE).portal
    flow = named(portal, call.params["flowId"])
    body = await read_object(call, "revisionId")
    if str(body["revisionId"]) != str(flow.revision):
        raise RefusedError(
            409,
            f"The flow {flow.id} is at revision {flow.revision}, not {body['revisionId']}.",
            Category.CONFLICT,
        )
    write(call.party, portal, flow, {**_DEFAULTS, **body})
    return json_answer(shown(flow))


async def delete_flow(call: HubCall) -> Response:
    """Answer ``DELETE …/flows/{flowId}``: who is inside leaves."""
    portal = account(call, SCOPE).portal
    flow = named(portal, call.params["flowId"])
    enrolment.unenroll_all(call.party, portal, flow, "the workflow was deleted")
    _unwatch(portal, flow)
    portal.flows.pop(flow.id)
    return empty_answer()


async def read_batch(call: HubCall) -> Response:
    """Answer ``POST …/flows/batch/read``."""
    portal = account(call, SCOPE).portal
    ids = [str(as_object(item, "flowId")["flowId"]) for item in inputs_of(await read_object(call))]
    found = [shown(portal.flows[int(i)]) for i in ids if i.isdigit() and int(i) in portal.flows]
    now = iso(call.party.now())
    body = {"status": "COMPLETE", "results": found, "startedAt": now, "completedAt": now}
    return json_answer(body)


def create(hub: Hub, portal: Portal, body: Mapping[str, Any]) -> Flow:
    """Return a new flow; one that is enabled enrols whoever comes to meet its trigger.

    Raises:
        RefusedError: Its trigger or its actions do not hold together.
    """
    now = hub.now()
    full = {**_DEFAULTS, **body}
    _refuse_flawed(full)
    number = hub.ids.count("flow", FIRST_FLOW_ID)
    flow = Flow(id=number, body={}, created_at=now, updated_at=now, revision=0)
    portal.flows[flow.id] = flow
    write(hub, portal, flow, {**full, "uuid": hub.ids.uuid()})
    return flow


def write(hub: Hub, portal: Portal, flow: Flow, body: Mapping[str, Any]) -> None:
    """Replace a flow's content; turned off, it lets go of who is inside.

    Assumed: turning a flow on enrols nobody who met its trigger before.

    Raises:
        RefusedError: Its trigger or its actions do not hold together.
    """
    _refuse_flawed(body)
    was_enabled = flow.is_enabled
    kept = {name: value for name, value in body.items() if name not in _OURS}
    flow.body = {**kept, "uuid": body.get("uuid") or flow.body.get("uuid")}
    flow.revision += 1
    flow.updated_at = hub.now()
    flow.actions = {str(action["actionId"]): action for action in body["actions"]}
    _unwatch(portal, flow)
    flow.watched = properties_of(enrolment.trigger(flow)) | properties_of(enrolment.retrigger(flow))
    for name in flow.watched:
        portal.watchers.setdefault(name, {})[flow.id] = flow
    if flow.is_enabled is not was_enabled:
        kind = "flow.published" if flow.is_enabled else "flow.unpublished"
        hub.event(kind, portalId=portal.id, flowId=flow.id, name=flow.body.get("name"))
    if was_enabled and not flow.is_enabled:
        enrolment.unenroll_all(hub, portal, flow, "the workflow was turned off")


def named(portal: Portal, text: str) -> Flow:
    """Return a flow by its number.

    Raises:
        RefusedError: There is none.
    """
    found = portal.flows.get(int(text)) if text.isdigit() else None
    if found is None:
        raise not_found(f"No flow has the id {text}")
    return found


def shown(flow: Flow) -> dict[str, Any]:
    """Return a flow as the API shows it."""
    return {
        "id": str(flow.id),
        "revisionId": str(flow.revision),
        "createdAt": iso(flow.created_at),
        "updatedAt": iso(flow.updated_at),
        **flow.body,
    }


def _line(flow: Flow) -> dict[str, Any]:
    whole = shown(flow)
    names = (
        "id", "isEnabled", "flowType", "revisionId", "name", "objectTypeId", "createdAt",
        "updatedAt", "uuid",
    )  # fmt: skip
    return {name: whole.get(name) for name in names}


def _unwatch(portal: Portal, flow: Flow) -> None:
    for name in flow.watched:
        portal.watchers[name].pop(flow.id, None)


def _refuse_flawed(body: Mapping[str, Any]) -> None:
    criteria = body.get("enrollmentCriteria") or {"type": "MANUAL"}
    if criteria.get("type") not in _CRITERIA:
        raise invalid(f"The enrollmentCriteria type '{criteria.get('type')}' is unknown.")
    refuse_unknown(criteria.get("listFilterBranch") or {})
    for branch in criteria.get("reEnrollmentTriggersFilterBranches") or ():
        refuse_unknown(branch)
    ids = [str(as_object(action, "actionId", "type")["actionId"]) for action in body["actions"]]
    if len(ids) != len(set(ids)):
        raise invalid("Two actions of a flow cannot have the same actionId.")
    targets = [(action.get("connection") or {}).get("nextActionId") for action in body["actions"]]
    for target in [body.get("startActionId"), *targets]:
        if target is not None and str(target) not in ids:
            raise invalid(f"No action of the flow has the actionId '{target}'.")


ROUTES = routes(
    ("/automation/v4/flows", "/automation/2026-09-beta/flows"),
    ("GET", "", list_flows, _SPEC),
    ("POST", "", create_flow, _SPEC),
    ("POST", "/batch/read", read_batch, _SPEC),
    ("GET", "/{flowId}", read_flow, _SPEC),
    ("PUT", "/{flowId}", replace_flow, _SPEC),
    ("DELETE", "/{flowId}", delete_flow, _SPEC),
)
