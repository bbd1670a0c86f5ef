"""Workflows as the API reads and writes them."""

from collections import Counter
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.automation import actions
from fakes.hubspot.automation.flow_store import create, named, remove, shown, write
from fakes.hubspot.automation.records import Flow
from fakes.hubspot.bodies import as_object, cursor, inputs_of, read_object, whole_number
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.crm.views import page
from fakes.hubspot.errors import Category, RefusedError, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

SCOPE = "automation"
"""What a token must have been granted for workflows. Source: HubSpot developer docs (docs)."""

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Workflows v4")
_BETA = Fact(Certainty.SPEC, "HubSpot developer docs, Workflows 2026-09")
_SHAPE = Fact(Certainty.ASSUMED, "HubSpot developer docs, Workflows v4: the route, not its answer")
_EMAIL_ACTION = "0-4"


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
    return json_answer(shown(create(call.party, portal, await read_object(call, "name"))), 201)


async def read_flow(call: HubCall) -> Response:
    """Answer ``GET …/flows/{flowId}``."""
    return json_answer(shown(named(account(call, SCOPE).portal, call.params["flowId"])))


async def replace_flow(call: HubCall) -> Response:
    """Answer ``PUT …/flows/{flowId}``: the whole flow, with the revision that it replaces."""
    portal = account(call, SCOPE).portal
    flow = named(portal, call.params["flowId"])
    body = await read_object(call, "revisionId")
    if text_of(body["revisionId"]) != str(flow.revision):
        raise RefusedError(
            409,
            f"The flow {flow.id} is at revision {flow.revision}, not {body['revisionId']}.",
            Category.CONFLICT,
        )
    write(call.party, portal, flow, body)
    return json_answer(shown(flow))


async def delete_flow(call: HubCall) -> Response:
    """Answer ``DELETE …/flows/{flowId}``: who is inside leaves."""
    portal = account(call, SCOPE).portal
    remove(call.party, portal, named(portal, call.params["flowId"]))
    return empty_answer()


async def read_batch(call: HubCall) -> Response:
    """Answer ``POST …/flows/batch/read``: those that there are."""
    portal = account(call, SCOPE).portal
    found = [_found(portal, item["flowId"]) for item in await _inputs(call, "flowId")]
    return json_answer(batch(call.party, [shown(flow) for flow in found if flow is not None]))


async def read_performance(call: HubCall) -> Response:
    """Answer ``GET …/flows/performance/{flowId}``: how many went through. Assumed: the shape."""
    portal = account(call, SCOPE).portal
    flow = named(portal, call.params["flowId"])
    states = Counter(e.state for e in portal.enrollments.values() if e.flow_id == flow.id)
    counted = {f"{state}Count": count for state, count in sorted(states.items())}
    body = {"flowId": str(flow.id), "enrolledCount": states.total(), **counted}
    return json_answer(body)


async def list_email_campaigns(call: HubCall) -> Response:
    """Answer ``GET …/flows/email-campaigns``: the marketing emails that flows send."""
    portal = account(call, SCOPE).portal
    asked = call.request.query_params.getlist("flowId")
    lines = [
        {
            "emailCampaignId": content,
            "emailContentId": content,
            "flowId": str(flow.id),
        }
        for flow in portal.flows.values()
        if not asked or str(flow.id) in asked
        for action in flow.actions.values()
        if action.get("actionTypeId") == _EMAIL_ACTION
        for content in [text_of((action.get("fields") or {}).get("content_id"))]
    ]
    return json_answer(page(lines))


async def read_mappings(call: HubCall) -> Response:
    """Answer ``POST …/workflow-id-mappings/batch/read``: numbers of the older and newer APIs."""
    portal = account(call, SCOPE).portal
    by_legacy = {flow.legacy_id: flow for flow in portal.flows.values()}
    found = []
    for item in await _inputs(call):
        if item.get("type") == "WORKFLOW_ID":
            number = item.get("workflowId", item.get("flowMigrationStatusForClassicWorkflows"))
            found.append(by_legacy.get(number_of(text_of(number)) or 0))
        else:
            found.append(_found(portal, item.get("flowId", item.get("flowMigrationStatuses"))))
    lines = [
        {"flowId": flow.id, "workflowId": flow.legacy_id} for flow in found if flow is not None
    ]
    return json_answer(batch(call.party, lines))


async def read_revision(call: HubCall) -> Response:
    """Answer ``GET …/flows/{flowId}/revisions/{revisionId}``."""
    flow = named(account(call, SCOPE).portal, call.params["flowId"])
    number = number_of(call.params["revisionId"])
    if number is None or not 1 <= number <= flow.revision:
        raise not_found(f"The flow {flow.id} has no revision {call.params['revisionId']}")
    return json_answer(shown(flow, number))


async def list_action_types(call: HubCall) -> Response:
    """Answer ``GET …/action-types``: what a flow of this account may do. Assumed: the shape."""
    portal = account(call, SCOPE).portal
    offered = [
        {"actionTypeId": f"1-{definition.id}", "actionTypeVersion": definition.version}
        for app_id in portal.installs
        for definition in call.party.state.apps[app_id].definitions.values()
        if definition.archived_at is None and definition.body["published"]
    ]
    own = [{"actionTypeId": name, "actionTypeVersion": 0} for name in actions.RUNS if "-" in name]
    return json_answer(page([*own, *offered]))


def batch(hub: Hub, results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the answer of a batch that read ``results``."""
    now = iso(hub.now())
    return {"status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now}


async def _inputs(call: HubCall, *required: str) -> list[dict[str, Any]]:
    return [as_object(item, *required) for item in inputs_of(await read_object(call))]


def _found(portal: Portal, number: object) -> Flow | None:
    return portal.flows.get(number_of(text_of(number)) or 0)


def _line(flow: Flow) -> dict[str, Any]:
    whole = shown(flow)
    names = (
        "id", "isEnabled", "flowType", "revisionId", "name", "objectTypeId", "createdAt",
        "updatedAt", "uuid",
    )  # fmt: skip
    return {name: whole.get(name) for name in names}


ROUTES = (
    *routes(
        ("/automation/v4", "/automation/2026-09-beta"),
        ("GET", "/flows", list_flows, _SPEC, "automation#flows"),
        ("POST", "/flows", create_flow, _SPEC, "automation#flow"),
        ("POST", "/flows/batch/read", read_batch, _SPEC, "automation#flowBatch"),
        ("GET", "/flows/email-campaigns", list_email_campaigns, _SPEC, "automation#emailCampaigns"),
        ("GET", "/flows/performance/{flowId}", read_performance, _SHAPE, "automation#performance"),
        ("GET", "/flows/{flowId}", read_flow, _SPEC, "automation#flow"),
        ("PUT", "/flows/{flowId}", replace_flow, _SPEC, "automation#flow"),
        ("DELETE", "/flows/{flowId}", delete_flow, _SPEC, NO_JSON),
        ("POST", "/workflow-id-mappings/batch/read", read_mappings, _SPEC, "automation#mappings"),
    ),
    *routes(
        ("/automation/2026-09-beta",),
        ("GET", "/flows/{flowId}/revisions/{revisionId}", read_revision, _BETA, "automation#flow"),
        ("GET", "/action-types", list_action_types, _SHAPE, "automation#actionTypes"),
    ),
)
