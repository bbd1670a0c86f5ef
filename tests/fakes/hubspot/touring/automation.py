"""The routes of actions, workflows and callbacks."""

from tests.fakes.hubspot.automation.bodies import action, flow
from tests.fakes.hubspot.bodies import definition
from tests.fakes.hubspot.touring.traveller import Traveller

BLOCK = {"outputFields": {"hs_execution_state": "BLOCK"}}


async def definitions(by: Traveller, root: str) -> None:
    first = await by.develop("POST", root, definition())
    one = f"{root}/{first['id']}"
    await by.develop("PATCH", one, {"published": False})
    await by.develop("GET", one)
    await by.develop("GET", f"{one}/revisions")
    await by.develop("GET", f"{one}/revisions/1")
    text = {"content": "return 1;", "headers": {"content-type": "text/plain"}}
    for function in ("PRE_ACTION_EXECUTION", "PRE_FETCH_OPTIONS/texte"):
        await by.develop("PUT", f"{one}/functions/{function}", **text)
        await by.develop("GET", f"{one}/functions/{function}")
        await by.develop("GET", f"{one}/functions")
        await by.develop("DELETE", f"{one}/functions/{function}")
    await by.develop("POST", f"{one}/requires-object", {"requiresObject": True})
    await by.develop("GET", f"{one}/requires-object")
    await by.develop("DELETE", one)
    await by.go("GET", root, params={**by.developer, "archived": "true"})


async def flows(by: Traveller, root: str) -> None:
    mail = action("1", "0-4", content_id="77")
    made = (await by.go("POST", f"{root}/flows", flow(mail))).json()
    one, number = f"{root}/flows/{made['id']}", made["id"]
    await by.go("GET", one)
    await by.go("PUT", one, {**made, "name": "Renamed"})
    await by.go("GET", f"{root}/flows", params={"limit": "1"})
    await by.go("GET", f"{root}/flows/email-campaigns")
    await by.go("GET", f"{root}/flows/performance/{number}")
    await by.go("POST", f"{root}/flows/batch/read", {"inputs": [{"flowId": number}]})
    wanted = {"inputs": [{"type": "FLOW_ID", "flowId": number}]}
    mapped = await by.go("POST", f"{root}/workflow-id-mappings/batch/read", wanted)
    legacy = mapped.json()["results"][0]["workflowId"]
    mail_address = f"{number}@flow.fr"
    await by.world.contact(email=mail_address)
    by_hand = f"/automation/v2/workflows/{legacy}/enrollments/contacts/{mail_address}"
    await by.go("POST", by_hand)
    await by.go("DELETE", by_hand)
    if "beta" in root:
        await by.go("GET", f"{one}/revisions/1")
        await by.go("GET", f"{root}/action-types")
    await by.go("DELETE", one)


async def callbacks(by: Traveller, root: str) -> None:
    blocked = [await _blocked(by) for _ in range(2)]
    outputs = {"outputFields": {"hs_execution_state": "SUCCESS"}}
    await by.go("POST", f"{root}/{blocked[0]}/complete", outputs)
    many = {"inputs": [{"callbackId": blocked[1], **outputs}]}
    await by.go("POST", f"{root}/complete", many)


async def _blocked(by: Traveller) -> str:
    """Return the callback of an execution that waits."""
    world = by.world
    number = await world.publish_flow(await world.define_action())
    contact = await world.contact(firstname="Ada")
    world.backend.replies = [(200, BLOCK)]
    path = f"{by.portal}/flows/{number}"
    await by.go("POST", f"{path}/enroll", {"contactId": contact})
    await world.clock.run_due()
    callback = world.backend.bodies()[-1]["callbackId"]
    return str(callback)
