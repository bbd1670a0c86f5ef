"""Sending when things break: at every moment and in every way, one SMS at most."""

from datetime import timedelta

import httpx
import pytest

from tests.core.harness import Harness
from tests.core.services.finishing import DAY, check_sent_once, finish
from tests.core.vendors import PowerCutError

LAG = 300
Trouble = int | type[BaseException]

CUT: list[Trouble] = [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, 500, 502, 503, 504]
"""After these nobody knows what was done."""
NOT_DONE: list[Trouble] = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, 429]
"""After these nothing was done."""
REFUSED: list[Trouble] = [400, 401, 403, 404, 422]


@pytest.mark.parametrize("trouble", CUT)
async def test_an_sms_that_was_taken_before_the_answer_was_lost_is_found_and_not_repeated(
    linked: Harness, trouble: Trouble
) -> None:
    linked.smsmode.trouble("POST", trouble, done=True)
    await finish(linked)
    assert len(linked.smsmode.calls_to("POST")) == 1
    await check_sent_once(linked)


@pytest.mark.parametrize("trouble", CUT)
async def test_an_sms_that_was_not_taken_when_the_answer_was_lost_is_sent_after_the_lag(
    linked: Harness, trouble: Trouble
) -> None:
    linked.smsmode.trouble("POST", trouble)
    await finish(linked, LAG - 1)
    assert linked.smsmode.sent == []
    await linked.advance(DAY)
    await check_sent_once(linked)


@pytest.mark.parametrize("trouble", NOT_DONE)
async def test_an_sms_that_never_reached_smsmode_is_sent_again_without_asking(
    linked: Harness, trouble: Trouble
) -> None:
    linked.smsmode.calls.clear()
    linked.smsmode.trouble("POST", trouble)
    await finish(linked)
    assert [call.method for call in linked.smsmode.calls] == ["POST", "POST"]
    await check_sent_once(linked)


@pytest.mark.parametrize("trouble", REFUSED)
async def test_an_sms_that_smsmode_refuses_is_refused_and_said_so(
    linked: Harness, trouble: Trouble
) -> None:
    linked.smsmode.trouble("POST", trouble, body={"errorCode": "4", "message": "Not you"})
    await finish(linked)
    outputs = linked.hubspot.completions[0][1]
    assert (await linked.message()).status == "refused"
    assert linked.smsmode.sent == []
    assert outputs["hs_execution_state"] == "FAIL_CONTINUE"
    assert "Not you" in outputs["detail"]
    assert linked.labels() == ["Erreur permanente"]


@pytest.mark.parametrize("body", [None, [], {}, {"messageId": 7}, {"messageId": ""}])
async def test_an_answer_that_cannot_be_read_is_an_answer_that_was_lost(
    linked: Harness, body: object
) -> None:
    linked.smsmode.trouble("POST", 201, done=True, body=body)
    await finish(linked)
    await check_sent_once(linked)


@pytest.mark.parametrize("trouble", [httpx.DecodingError, 302])
async def test_what_no_answer_should_be_is_an_answer_that_was_lost(
    linked: Harness, trouble: Trouble
) -> None:
    linked.smsmode.trouble("POST", trouble, done=True)
    await finish(linked)
    await check_sent_once(linked)


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("trouble", [*CUT, *NOT_DONE])
async def test_trouble_while_asking_what_became_of_it_sends_nothing_twice(
    linked: Harness, trouble: Trouble, *, done: bool
) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=done)
    linked.smsmode.trouble("GET", trouble, times=3)
    await finish(linked)
    await check_sent_once(linked)


async def test_an_unreadable_list_is_asked_for_again(linked: Harness) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    linked.smsmode.trouble("GET", 200, body={"items": "none"})
    await finish(linked)
    await check_sent_once(linked)


@pytest.mark.parametrize("lists_after", [0, 10, LAG - 1])
async def test_an_sms_that_is_listed_late_is_waited_for(
    linked: Harness, lists_after: float
) -> None:
    linked.smsmode.lists_after = lists_after
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    await finish(linked)
    await check_sent_once(linked)


async def test_the_lag_is_a_setting(linked: Harness) -> None:
    linked.restart(reporting_lag=timedelta(hours=2))
    linked.smsmode.lists_after = 7100
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    await finish(linked)
    await check_sent_once(linked)


async def test_each_new_try_gives_smsmode_its_whole_lag(linked: Harness) -> None:
    linked.smsmode.lists_after = LAG - 1
    linked.smsmode.trouble("POST", httpx.ReadTimeout)
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    await finish(linked)
    await check_sent_once(linked)


async def test_the_sms_of_another_reference_is_not_taken_for_ours(linked: Harness) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout)
    other = {"items": [{"messageId": "sms-9", "refClient": "ap-10"}]}
    linked.smsmode.trouble("GET", 200, body=other)
    await finish(linked)
    await check_sent_once(linked)


@pytest.mark.parametrize("done", [True, False])
async def test_a_power_cut_in_the_middle_of_a_send_sends_nothing_twice(
    linked: Harness, *, done: bool
) -> None:
    linked.smsmode.trouble("POST", PowerCutError, done=done)
    await linked.execute()
    with pytest.raises(PowerCutError):
        await linked.settle()
    linked.restart()
    await linked.advance(DAY)
    await check_sent_once(linked)


async def test_a_power_cut_while_asking_sends_nothing_twice(linked: Harness) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    linked.smsmode.trouble("GET", PowerCutError)
    await linked.execute()
    with pytest.raises(PowerCutError):
        await linked.advance(60)
    linked.restart()
    await linked.advance(DAY)
    await check_sent_once(linked)
