"""Sending when all goes well: with which key, to whom, and what is told afterwards."""

import json

import httpx

from tests.core.builders import MARKETING, NOTIFICATION, PHONE, PUBLIC, reply
from tests.core.harness import Harness


def posts(harness: Harness) -> list[httpx.Request]:
    return harness.smsmode.calls_to("POST")


def call_ref(call: httpx.Request) -> str:
    return str(json.loads(call.content)["refClient"])


async def test_an_sms_carries_its_reference_and_the_accounts_own_callback_addresses(
    linked: Harness,
) -> None:
    await linked.execute(sender="Salon")
    await linked.settle()
    body = json.loads(posts(linked)[0].content)
    hooks = f"{PUBLIC}/smsmode/{(await linked.install_of()).callback_key}"
    assert body == {
        "recipient": {"to": PHONE.removeprefix("+")},
        "body": {"text": "Bonjour Zoé", "encoding": "GSM7", "stop": True},
        "refClient": "ap-1",
        "from": "Salon",
        "callbackUrlStatus": f"{hooks}/status",
        "callbackUrlMo": f"{hooks}/inbound",
    }


async def test_each_kind_of_send_goes_through_its_own_key(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.execute("ap-2", type="notification")
    await linked.settle()
    keys = {call_ref(call): call.headers["x-api-key"] for call in posts(linked)}
    assert keys == {"ap-1": MARKETING, "ap-2": NOTIFICATION}


async def test_a_notification_carries_no_mention_unless_asked_for(linked: Harness) -> None:
    await linked.execute("ap-1", type="notification")
    await linked.execute("ap-2", type="notification", stop="true")
    await linked.settle()
    assert [sms["body"]["stop"] for sms in linked.smsmode.sent] == [False, True]


async def test_an_accepted_sms_is_one_call_to_smsmode(linked: Harness) -> None:
    linked.smsmode.calls.clear()
    await linked.execute()
    await linked.advance(3600)
    assert len(linked.smsmode.calls) == 1


async def test_what_smsmode_acknowledges_is_what_the_message_says(linked: Harness) -> None:
    await linked.execute()
    await linked.settle()
    message = await linked.message()
    assert (message.status, message.smsmode_id) == ("sent", "sms-1")
    assert message.text == "Bonjour Zoé STOP 36034"
    assert message.characters == len(message.text)


async def test_the_workflow_and_the_timeline_are_told_once(linked: Harness) -> None:
    await linked.execute()
    await linked.advance(2)
    outputs = {
        "hs_execution_state": "SUCCESS",
        "sms_id": "sms-1",
        "sms_status": "Transmis",
        "sms_parts": "1",
    }
    assert linked.hubspot.completions == [("ap-1", outputs)]
    assert linked.labels() == ["Transmis"]


async def test_the_job_may_come_twice_and_sends_once(linked: Harness) -> None:
    await linked.execute()
    message = await linked.message()
    for _ in range(2):
        await linked.database.run(lambda tx: linked.core.queue.enqueue(tx, "send", message.id))
    await linked.settle()
    assert len(linked.smsmode.sent) == 1


async def test_a_stop_between_the_execution_and_the_send_keeps_it_from_being_sent(
    linked: Harness,
) -> None:
    await linked.execute()
    await linked.call_back("inbound", reply("STOP"))
    await linked.advance(2)
    assert linked.smsmode.sent == []
    assert (await linked.message()).status == "refused"
    assert linked.hubspot.completions[0][1]["errorCode"] == "opted_out"


async def test_a_notification_goes_out_all_the_same_after_a_stop(linked: Harness) -> None:
    await linked.execute(type="notification")
    await linked.call_back("inbound", reply("STOP"))
    await linked.settle()
    assert len(linked.smsmode.sent) == 1
