"""Promotional SMS that say the same thing: one call, and each of them once, whatever breaks."""

import json
from collections import Counter
from typing import Any

import httpx
import pytest

from core.domain.status import SmsStatus
from tests.core.builders import reply, report
from tests.core.harness import Harness
from tests.core.vendors import PowerCutError

TEXT = "Le salon ouvre demain."


async def execute(harness: Harness, number: int, **changes: Any) -> None:
    phone = changes.pop("phone", f"+336111111{number:02}")
    given: dict[str, Any] = {"text": TEXT, "contact_id": 500 + number, **changes}
    await harness.execute(f"ap-{number}", properties={"phone": phone}, **given)


async def execute_many(harness: Harness, count: int) -> None:
    for number in range(count):
        await execute(harness, number)


def launches(harness: Harness) -> list[httpx.Request]:
    return harness.smsmode.calls_to("POST /sms/v1/campaigns")


def singles(harness: Harness) -> list[httpx.Request]:
    return harness.smsmode.calls_to("POST /sms/v1/messages")


def check_each_once(harness: Harness, count: int) -> None:
    sent = Counter(sms["refClient"] for sms in harness.smsmode.sent)
    assert sent == {f"ap-{number}": 1 for number in range(count)}


async def test_sms_that_say_the_same_go_out_in_one_call_after_a_short_wait(
    linked: Harness,
) -> None:
    await execute_many(linked, 5)
    await linked.advance(1.9)
    assert linked.smsmode.sent == []
    await linked.advance(0.1)
    assert linked.smsmode.campaigns == [5]
    assert singles(linked) == []
    check_each_once(linked, 5)


async def test_a_campaign_carries_what_is_shared_once_and_a_reference_for_each(
    linked: Harness,
) -> None:
    for number in range(2):
        await execute(linked, number, sender="Salon")
    await linked.advance(2)
    hooks = f"https://sms.example/smsmode/{(await linked.install_of()).callback_key}"
    assert json.loads(launches(linked)[0].content) == {
        "recipients": [
            {"to": "33611111100", "refClient": "ap-0"},
            {"to": "33611111101", "refClient": "ap-1"},
        ],
        "body": {"text": TEXT, "encoding": "GSM7", "stop": True},
        "from": "Salon",
        "callbackUrlStatus": f"{hooks}/status",
        "callbackUrlMo": f"{hooks}/inbound",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Autre chose"},
        {"sender": "Salon"},
        {"encoding": "unicode"},
        {"phone": "+41781234567"},
    ],
)
async def test_sms_that_differ_do_not_go_together(linked: Harness, change: dict[str, str]) -> None:
    await execute(linked, 0)
    await execute(linked, 1)
    await execute(linked, 2, **change)
    await linked.advance(2)
    assert linked.smsmode.campaigns == [2]
    assert len(singles(linked)) == 1


@pytest.mark.parametrize("alone", [{"type": "notification"}, {"text": "Bonjour $prenom"}])
async def test_what_cannot_share_a_call_does_not_wait(
    linked: Harness, alone: dict[str, str]
) -> None:
    await execute(linked, 0, **alone)
    await linked.settle()
    assert len(singles(linked)) == 1


async def test_one_that_waited_for_nobody_is_sent_by_itself(linked: Harness) -> None:
    await execute(linked, 0)
    await linked.advance(2)
    assert (linked.smsmode.campaigns, len(singles(linked))) == ([], 1)


async def test_no_campaign_holds_more_than_the_largest(linked: Harness) -> None:
    linked.restart(largest_campaign=3)
    await execute_many(linked, 8)
    await linked.advance(2)
    assert linked.smsmode.campaigns == [3, 3, 2]
    check_each_once(linked, 8)


async def test_the_workflow_goes_on_when_the_first_report_tells_the_id(linked: Harness) -> None:
    await execute_many(linked, 2)
    await linked.advance(4)
    assert linked.labels() == ["Transmis", "Transmis"]
    assert linked.hubspot.completions == []
    await linked.call_back("status", report("ENROUTE", message_id="sms-1", refClient="ap-0"))
    await linked.advance(1)
    ((callback_id, outputs),) = linked.hubspot.completions
    assert (callback_id, outputs["sms_id"]) == ("ap-0", "sms-1")
    assert linked.labels() == ["Transmis", "Transmis"]


async def test_reports_and_replies_find_each_sms_of_a_campaign(linked: Harness) -> None:
    await execute_many(linked, 2)
    await linked.advance(2)
    await linked.call_back("status", report("DELIVERED", message_id="sms-2", refClient="ap-1"))
    stop = reply("STOP", originMessageId="sms-2", **{"from": "33611111101"})
    await linked.call_back("inbound", stop)
    await linked.advance(2)
    assert (await linked.message("ap-1")).status is SmsStatus.RECEIVED
    assert linked.hubspot.contacts["501"]["smsmode_status"] == "Refus des SMS promotionnels"


async def test_a_stop_while_it_waits_keeps_one_out_and_lets_the_others_go(
    linked: Harness,
) -> None:
    await execute_many(linked, 3)
    await linked.call_back("inbound", reply("STOP", **{"from": "33611111101"}))
    await linked.advance(2)
    assert linked.smsmode.campaigns == [2]
    assert (await linked.message("ap-1")).status is SmsStatus.REFUSED


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("what", [500, httpx.ReadTimeout])
async def test_an_unknown_outcome_is_asked_for_and_each_sms_goes_out_once(
    linked: Harness, what: Any, *, done: bool
) -> None:
    linked.smsmode.trouble("/campaigns", what, done=done)
    await execute_many(linked, 4)
    await linked.advance(900)
    check_each_once(linked, 4)
    assert {(await linked.message(f"ap-{n}")).status for n in range(4)} == {SmsStatus.SENT}


@pytest.mark.parametrize("done", [True, False])
async def test_after_a_power_cut_each_sms_goes_out_once(linked: Harness, *, done: bool) -> None:
    linked.smsmode.trouble("/campaigns", PowerCutError, done=done)
    await execute_many(linked, 4)
    with pytest.raises(PowerCutError):
        await linked.advance(2)
    linked.restart()
    await linked.advance(900)
    check_each_once(linked, 4)


async def test_a_smsmode_out_of_reach_is_tried_again(linked: Harness) -> None:
    linked.smsmode.trouble("/campaigns", httpx.ConnectError, times=3)
    await execute_many(linked, 4)
    await linked.advance(120)
    assert linked.smsmode.campaigns == [4]
    check_each_once(linked, 4)


async def test_a_429_is_obeyed(linked: Harness) -> None:
    linked.smsmode.trouble("/campaigns", 429, headers={"retry-after": "30"})
    await execute_many(linked, 2)
    await linked.advance(31)
    assert linked.smsmode.sent == []
    await linked.advance(1)
    assert linked.smsmode.campaigns == [2]


async def test_one_bad_recipient_does_not_keep_the_others_from_it(linked: Harness) -> None:
    linked.smsmode.refuses = {"33611111101"}
    await execute_many(linked, 3)
    await linked.advance(2)
    assert [sms["refClient"] for sms in linked.smsmode.sent] == ["ap-0", "ap-2"]
    assert (await linked.message("ap-1")).status is SmsStatus.REFUSED


async def test_a_key_that_is_dead_refuses_each(linked: Harness) -> None:
    linked.smsmode.keys.clear()
    await execute_many(linked, 2)
    await linked.advance(3)
    assert {(await linked.message(f"ap-{n}")).status for n in range(2)} == {SmsStatus.REFUSED}
    assert {outputs["errorCode"] for _, outputs in linked.hubspot.completions} == {"access_revoked"}


async def test_reports_that_come_before_the_answer_are_kept(linked: Harness) -> None:
    linked.smsmode.trouble("/campaigns", httpx.ReadTimeout, done=True)
    await execute_many(linked, 2)
    await linked.advance(2)
    for number in range(2):
        told = report("DELIVERED", message_id=f"sms-{number + 1}", refClient=f"ap-{number}")
        await linked.call_back("status", told)
    await linked.advance(900)
    assert {(await linked.message(f"ap-{n}")).status for n in range(2)} == {SmsStatus.RECEIVED}
    check_each_once(linked, 2)
