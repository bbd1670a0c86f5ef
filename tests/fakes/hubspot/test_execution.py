"""Custom actions: what the app is sent, and what its answers do."""

from datetime import datetime, timedelta

import httpx
import orjson
import pytest

from fakes.hubspot.signing import sign_v2, sign_v3
from tests.fakes.hubspot.bodies import ACTION_URL
from tests.fakes.hubspot.world import World

DAYS = timedelta(days=1)


@pytest.fixture
async def running(installed: World) -> World:
    await installed.publish_flow(await installed.define_action())
    return installed


async def test_a_matching_contact_is_enrolled_after_the_request_and_not_during_it(
    running: World,
) -> None:
    await running.contact(firstname="Ada", city="Lyon", phone="0612345678")
    assert running.backend.asked == []
    await running.clock.run_due()
    assert len(running.backend.asked) == 1


async def test_the_execution_body_is_hubspots_to_the_byte(running: World) -> None:
    contact = await running.contact(firstname="Ada", city="Lyon", phone="0612345678")
    await running.clock.run_due()
    [(_, body)] = running.backend.asked
    [enrollment] = await running.enrollments()
    place = f'{{"enrollmentId":{enrollment["enrollmentId"]},"actionExecutionIndex":0}}'
    portal, flow = running.portal.id, enrollment["flowId"]
    fields = '{"type_envoi":"promo","texte":"Bonjour Ada Lyon!","vers":"0612345678"}'
    assert body.decode() == (
        f'{{"callbackId":"ap-{portal}-{enrollment["enrollmentId"]}-1-0",'
        f'"origin":{{"portalId":{portal},"userId":null,"actionDefinitionId":259000001,'
        f'"actionDefinitionVersion":1,"actionExecutionIndexIdentifier":{place},'
        '"extensionDefinitionVersionId":1,"extensionDefinitionId":259000001},'
        f'"context":{{"workflowId":{flow},"actionId":1,'
        f'"actionExecutionIndexIdentifier":{place},"source":"WORKFLOWS"}},'
        f'"object":{{"objectId":{contact},"properties":{{"phone":"0612345678","city":"Lyon"}},'
        '"objectType":"CONTACT"},'
        f'"fields":{fields},"inputFields":{fields},'
        '"typedInputs":{"type_envoi":{"value":"promo","type":"STRING"},'
        '"texte":{"value":"Bonjour Ada Lyon!","type":"STRING"},'
        '"vers":{"value":"0612345678","type":"STRING"}}}'
    )


async def test_executions_carry_both_signatures_over_the_exact_bytes(running: World) -> None:
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    [(request, body)] = running.backend.asked
    secret, stamp = running.app.client_secret, request.headers["x-hubspot-request-timestamp"]
    assert request.headers["x-hubspot-signature"] == sign_v2(secret, "POST", ACTION_URL, body)
    assert request.headers["x-hubspot-signature-version"] == "v2"
    assert request.headers["x-hubspot-signature-v3"] == sign_v3(
        secret, "POST", ACTION_URL, body, int(stamp)
    )


async def test_an_input_without_a_value_is_left_out(running: World) -> None:
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    assert "vers" not in running.backend.bodies()[0]["inputFields"]


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ((200, {"outputFields": {}}), "succeeded"),
        ((200, {"outputFields": {"hs_execution_state": "SUCCESS"}}), "succeeded"),
        ((204, b""), "succeeded"),
        ((200, b"<html>ok</html>"), "succeeded"),
        ((200, {"outputFields": {"hs_execution_state": "SOMETHING"}}), "succeeded"),
        ((200, {"outputFields": {"hs_execution_state": "FAIL_CONTINUE"}}), "failed"),
        ((200, {"outputFields": {"hs_execution_state": "BLOCK"}}), "blocked"),
        ((200, {"outputFields": {"hs_execution_state": "ASYNC"}}), "blocked"),
        ((404, b""), "failed"),
        ((429, b""), "retrying"),
        ((503, b""), "retrying"),
        (httpx.ReadTimeout("slow"), "retrying"),
        (httpx.ConnectError("down"), "retrying"),
    ],
)
async def test_each_answer_has_its_consequence(
    running: World, reply: tuple[int, object] | Exception, state: str
) -> None:
    running.backend.replies = [reply]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    assert (await running.only_step())["state"] == state


async def test_an_unknown_state_is_warned_about_in_the_history(running: World) -> None:
    running.backend.replies = [(200, {"outputFields": {"hs_execution_state": "DONE"}})]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    assert "DONE" in (await running.only_step())["message"]


async def test_failures_are_retried_after_doubling_gaps_for_three_days(running: World) -> None:
    running.backend.replies = [(500, b"")] * 100
    await running.contact(firstname="Ada", city="Lyon")
    start = running.clock.now()
    await running.clock.advance(4 * DAYS)
    step = await running.only_step()
    minutes = [
        (request.headers["x-hubspot-request-timestamp"]) for request, _ in running.backend.asked
    ]
    first = int(minutes[0])
    passed = [(int(stamp) - first) // 60_000 for stamp in minutes]
    assert passed[:11] == [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 991]
    assert running.clock.now() - start == 4 * DAYS
    assert step["state"] == "failed"
    assert passed[-1] <= 3 * 24 * 60


@pytest.mark.parametrize(("retry_after", "second"), [("7000", 7), ("0", 60)])
async def test_being_turned_away_does_not_lengthen_the_gap_after_a_failure(
    running: World, retry_after: str, second: int
) -> None:
    running.backend.retry_after = retry_after
    running.backend.replies = [(429, b""), (503, b""), (503, b"")]
    await running.contact(firstname="Ada", city="Lyon")
    start = running.clock.now()
    await running.clock.advance(timedelta(minutes=10))
    attempts = (await running.only_step())["attempts"]
    passed = [datetime.fromisoformat(attempt["at"]) - start for attempt in attempts]
    expected = [0, second, second + 60, second + 180]
    assert passed == [timedelta(seconds=seconds) for seconds in expected]


async def test_a_block_says_nothing_of_the_failures_before_it(running: World) -> None:
    block = {"outputFields": {"hs_execution_state": "BLOCK"}}
    running.backend.replies = [(503, b""), (200, block)]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.advance(timedelta(minutes=1))
    step = await running.only_step()
    assert (step["state"], step["message"]) == ("blocked", "")


async def test_every_try_sends_the_same_bytes(running: World) -> None:
    running.backend.replies = [(500, b"")]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.advance(timedelta(minutes=2))
    [(_, first), (_, second)] = running.backend.asked
    assert first == second


async def test_a_retry_after_of_a_thousand_and_more_is_milliseconds(running: World) -> None:
    running.backend.replies = [(429, b"")]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.advance(timedelta(seconds=6))
    assert len(running.backend.asked) == 1
    await running.clock.advance(timedelta(seconds=1))
    assert len(running.backend.asked) == 2


async def test_a_retry_after_of_nothing_is_no_call_at_once(running: World) -> None:
    running.backend.retry_after = "0"
    running.backend.replies = [(429, b"")]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.advance(timedelta(seconds=59))
    assert len(running.backend.asked) == 1
    await running.clock.advance(timedelta(seconds=1))
    assert len(running.backend.asked) == 2


async def test_a_rule_of_the_app_words_the_history_in_the_accounts_language(
    running: World,
) -> None:
    outputs = {"hs_execution_state": "FAIL_CONTINUE", "errorCode": "NO_CREDIT", "detail": "0 €"}
    running.backend.replies = [(200, {"outputFields": outputs})]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    assert (await running.only_step())["message"] == "Plus de crédit : 0 €"


async def test_a_block_ends_by_completion_and_only_once(running: World) -> None:
    running.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    callback = (await running.only_step())["callbackId"]
    address = f"/automation/v4/actions/callbacks/{callback}/complete"
    done = {"outputFields": {"hs_execution_state": "SUCCESS"}}
    assert (await running.api.post(address, json=done)).status_code == 204
    assert (await running.api.post(address, json=done)).status_code == 404
    assert (await running.only_step())["state"] == "succeeded"


async def test_completions_come_in_batches_on_the_dated_path_too(running: World) -> None:
    running.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})] * 2
    await running.contact(firstname="Ada", city="Lyon")
    await running.contact(firstname="Bob", city="Nice")
    await running.clock.run_due()
    steps = [enrollment["steps"][0] for enrollment in await running.enrollments()]
    failed = {"hs_execution_state": "FAIL_CONTINUE"}
    inputs = [{"callbackId": step["callbackId"], "outputFields": failed} for step in steps]
    answer = await running.api.post(
        "/automation/actions/callbacks/2026-03/complete", json={"inputs": inputs}
    )
    assert answer.status_code == 204
    states = [enrollment["steps"][0]["state"] for enrollment in await running.enrollments()]
    assert states == ["failed", "failed"]


async def test_a_block_expires_when_the_action_says(running: World) -> None:
    outputs = {"hs_execution_state": "BLOCK", "hs_expiration_duration": "P1DT1H"}
    running.backend.replies = [(200, {"outputFields": outputs})]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.advance(timedelta(hours=24))
    assert (await running.only_step())["state"] == "blocked"
    await running.clock.advance(timedelta(hours=1))
    assert (await running.only_step())["state"] == "expired"


async def test_a_completion_before_the_answer_is_kept_for_it(running: World) -> None:
    running.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})]

    async def complete() -> None:
        callback = orjson.loads(running.backend.asked[-1][1])["callbackId"]
        await running.api.post(
            f"/automation/v4/actions/callbacks/{callback}/complete",
            json={"outputFields": {"hs_execution_state": "SUCCESS"}},
        )

    running.backend.on_call = complete
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    assert (await running.only_step())["state"] == "succeeded"
