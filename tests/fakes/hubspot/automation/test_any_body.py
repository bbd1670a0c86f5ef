"""Whatever JSON comes in, workflows answer with a refusal, and what they take, they can run."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings

from fakes.hubspot.automation.flow_store import remove
from tests.fakes.hubspot.automation.bodies import every_kind_of_flow
from tests.fakes.hubspot.automation.spoiling import spoilt
from tests.fakes.hubspot.bodies import definition
from tests.fakes.hubspot.world import World

# One world serves all examples on purpose: what one leaves behind, the next meets.
many = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

DEFINITION = {
    **definition(),
    "inputFieldDependencies": [
        {
            "dependencyType": "SINGLE_FIELD",
            "controllingFieldName": "texte",
            "dependentFieldNames": ["vers"],
        }
    ],
    "functions": [{"functionType": "PRE_ACTION_EXECUTION", "functionSource": "x"}],
}


@pytest.fixture
async def busy(installed: World) -> World:
    """Return a world with an action, and a token that outlives days."""
    await installed.define_action()
    token = installed.hubspot.add_private_token(installed.portal.id)
    installed.api.headers["Authorization"] = f"Bearer {token}"
    return installed


async def send(world: World, method: str, path: str, body: Any) -> int:
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    headers = {"content-type": "application/json"}
    answer = await world.api.request(method, path, content=content, headers=headers)
    assert answer.status_code not in (401, 429)
    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert answer.json()["status"] == "error"
    return answer.status_code


async def go_through(world: World) -> None:
    """Bring a contact to the flows that there are, and let what they do happen."""
    body = {"properties": {"firstname": "Ada", "city": "Lyon", "phone": "0612345678"}}
    await world.api.post("/crm/v3/objects/contacts", json=body)
    await world.clock.advance(timedelta(days=1))


@many
@given(body=spoilt(DEFINITION))
async def test_any_definition_is_taken_or_refused_and_runs(busy: World, body: Any) -> None:
    path = f"/automation/v4/actions/{busy.app.id}?hapikey={busy.app.developer_key}"
    if await send(busy, "POST", path, body) == 201:
        made = max(busy.app.definitions)
        flow = {"name": "x", **every_kind_of_flow(str(made)), "startActionId": "action"}
        await send(busy, "POST", "/automation/v4/flows", flow)
        await go_through(busy)
        number = max(busy.hubspot.hub.portal(busy.portal.id).flows)
        await busy.api.delete(f"/automation/v4/flows/{number}")


@many
@given(body=spoilt(every_kind_of_flow("259000001")))
async def test_any_flow_is_taken_or_refused_and_runs(busy: World, body: Any) -> None:
    if await send(busy, "POST", "/automation/v4/flows", body) == 201:
        await go_through(busy)
        number = max(busy.hubspot.hub.portal(busy.portal.id).flows)
        await send(busy, "GET", f"/automation/v4/flows/{number}", {})
        await busy.api.delete(f"/automation/v4/flows/{number}")


@many
@given(body=spoilt({"inputs": [{"callbackId": "ap-1", "outputFields": {"a": "b"}}]}))
async def test_any_completion_is_taken_or_refused(busy: World, body: Any) -> None:
    await send(busy, "POST", "/automation/v4/actions/callbacks/complete", body)


@many
@given(
    reply=spoilt(
        {"outputFields": {"hs_execution_state": "BLOCK", "hs_expiration_duration": "P1D", "a": "b"}}
    )
)
async def test_any_answer_of_an_app_is_judged(busy: World, reply: Any) -> None:
    number = await busy.publish_flow("259000001")
    busy.backend.replies = [(200, orjson.dumps(reply))]
    await go_through(busy)
    await busy.clock.advance(timedelta(days=8))
    assert (await busy.enrollments())[-1]["state"] == "completed"
    portal = busy.hubspot.hub.portal(busy.portal.id)
    remove(busy.hubspot.hub, portal, portal.flows[int(number)])
    portal.enrollments.clear()


@many
@given(body=spoilt({"inputs": [{"flowId": "1", "type": "FLOW_ID", "workflowId": "2"}]}))
@pytest.mark.parametrize("path", ["flows", "workflow-id-mappings"])
async def test_any_batch_is_read_or_refused(busy: World, path: str, body: Any) -> None:
    await send(busy, "POST", f"/automation/v4/{path}/batch/read", body)


@pytest.mark.parametrize(
    "part",
    [
        '"enrollmentCriteria":{"type":"LIST_BASED","listFilterBranch":%s}',
        '"customProperties":%s',
        '"goalFilterBranch":%s',
    ],
)
async def test_what_is_nested_without_end_is_refused(busy: World, part: str) -> None:
    nested = '{"filterBranches":[' * 400 + "{}" + "]}" * 400
    answer = await busy.api.post(
        "/automation/v4/flows",
        content=f'{{"name":"x",{part % nested}}}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 400
    assert "nested deeper" in answer.json()["message"]
