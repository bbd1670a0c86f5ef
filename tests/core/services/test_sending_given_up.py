"""Sends that do not go out at once: smsmode's pace is obeyed, and in the end they are given up."""

import httpx
import pytest

from tests.core.builders import MARKETING, PORTAL, reply, report
from tests.core.harness import Harness
from tests.core.services.finishing import DAY, check_sent_once, finish


async def test_429_is_obeyed(linked: Harness) -> None:
    linked.smsmode.trouble("POST", 429, headers={"retry-after": "90"})
    await finish(linked, 89)
    assert len(linked.smsmode.calls_to("POST")) == 1
    await linked.advance(1)
    assert len(linked.smsmode.sent) == 1


@pytest.mark.parametrize("said", ["soon", "inf", "nan", "-5", "1e300", ""])
async def test_a_429_that_says_nothing_sensible_is_obeyed_for_a_while(
    linked: Harness, said: str
) -> None:
    linked.smsmode.trouble("POST", 429, headers={"retry-after": said})
    await finish(linked, 59)
    assert linked.smsmode.sent == []
    await linked.advance(2)
    await check_sent_once(linked)


async def test_429_does_not_count_however_often_it_comes(linked: Harness) -> None:
    linked.smsmode.trouble("POST", 429, headers={"retry-after": "60"}, times=100)
    await finish(linked)
    await check_sent_once(linked)


async def test_an_smsmode_that_stays_away_is_given_up_on_after_a_day_of_tries(
    linked: Harness,
) -> None:
    linked.smsmode.trouble("POST", httpx.ConnectError, times=1000)
    await finish(linked, 2 * DAY)
    assert len(linked.smsmode.calls_to("POST")) == 30
    assert (await linked.message()).status == "refused"
    assert linked.hubspot.completions[0][1]["errorCode"] == "provider_down"
    listed = (await linked.operate("GET", "/failures")).json()["tasks"]
    assert [(task["kind"], task["item"]) for task in listed] == [
        ("send", (await linked.message()).id)
    ]


async def test_a_key_that_smsmode_withdrew_refuses_what_was_promised(linked: Harness) -> None:
    linked.smsmode.keys.remove(MARKETING)
    await finish(linked)
    assert (await linked.message()).status == "refused"
    assert linked.hubspot.completions[0][1]["errorCode"] == "access_revoked"


async def test_an_account_that_left_before_the_send_gets_none(linked: Harness) -> None:
    linked.smsmode.trouble("POST", 429, headers={"retry-after": "60"})
    await linked.execute()
    linked.hubspot.revoke(PORTAL)
    await linked.call_back("inbound", reply(originMessageId="sms-0"))
    await linked.advance(61)
    assert linked.smsmode.sent == []
    assert (await linked.install_of()).state == "revoked"
    assert (await linked.message()).detail.startswith("L'application n'est plus connectée")


async def test_an_sms_whose_outcome_is_unknown_is_given_up_once_nobody_can_be_asked(
    linked: Harness,
) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    linked.smsmode.trouble("GET", 500, times=1000)
    await finish(linked, 10)
    await linked.install(account="Another smsmode account")
    await linked.advance(DAY)
    assert (await linked.message()).status == "refused"
    assert linked.hubspot.completions[0][1]["errorCode"] == "keys_not_linked"
    await linked.call_back("status", report(refClient="ap-1"))
    assert (await linked.message()).status == "received"


async def test_a_stop_that_comes_while_the_outcome_is_unknown_keeps_it_from_being_repeated(
    linked: Harness,
) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout)
    await finish(linked, 60)
    await linked.call_back("inbound", reply("STOP"))
    await linked.advance(DAY)
    assert linked.smsmode.sent == []
    assert (await linked.message()).status == "refused"
    assert linked.hubspot.completions[0][1]["errorCode"] == "opted_out"


async def test_a_report_settles_what_was_unknown_and_nothing_is_repeated(
    linked: Harness,
) -> None:
    linked.smsmode.lists_after = 10 * DAY
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    await finish(linked, 10)
    await linked.call_back("status", report("DELIVERED", refClient="ap-1"))
    await linked.advance(DAY)
    assert len(linked.smsmode.sent) == 1
    assert (await linked.message()).status == "received"


async def test_what_was_given_up_unanswered_and_went_out_is_told_by_its_report(
    linked: Harness,
) -> None:
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    linked.smsmode.trouble("GET", 500, times=1000)
    await linked.execute("ap-1")
    await linked.advance(3 * 24 * 3600)
    message = await linked.message()
    assert message.status == "refused"
    await linked.call_back("status", report(refClient=message.ref_client))
    assert (await linked.message()).status == "received"
    assert len(linked.smsmode.sent) == 1
