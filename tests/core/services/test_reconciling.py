"""SMS whose last report stays away: smsmode is asked, and what it says is applied."""

from datetime import timedelta

import httpx
import pytest

from core.domain.status import SmsStatus
from tests.core.builders import PORTAL, report
from tests.core.harness import Harness

HOUR, DAY = 3600, 86400


@pytest.fixture
async def watched(linked: Harness) -> Harness:
    linked.restart(reconcile_after=timedelta(hours=2))
    await linked.execute()
    await linked.advance(1)
    linked.smsmode.calls.clear()
    return linked


async def test_what_no_report_told_is_asked_for_and_shown(watched: Harness) -> None:
    watched.smsmode.status = "DELIVERED"
    await watched.advance(2 * HOUR + 1)
    assert [call.url.path for call in watched.smsmode.calls] == ["/sms/v1/messages/sms-1"]
    assert (await watched.message()).status is SmsStatus.RECEIVED
    assert watched.labels() == ["Transmis", "Reçu"]


async def test_nothing_is_asked_before_the_delay_nor_after_a_final_status(watched: Harness) -> None:
    await watched.advance(2 * HOUR - 2)
    await watched.call_back("status", report())
    await watched.advance(10 * DAY)
    assert watched.smsmode.calls == []


async def test_looks_come_at_ever_longer_intervals_and_end(watched: Harness) -> None:
    await watched.advance(20 * DAY)
    assert len(watched.smsmode.calls) == 7
    assert (await watched.message()).status is SmsStatus.SENT
    assert await watched.core.queue.next_due() is None


async def test_an_sms_that_smsmode_no_longer_knows_stays_as_it_is(watched: Harness) -> None:
    watched.smsmode.sent.clear()
    await watched.advance(3 * HOUR)
    assert (await watched.message()).status is SmsStatus.SENT


@pytest.mark.parametrize("what", [500, 429, httpx.ConnectError, httpx.ReadTimeout])
async def test_a_smsmode_in_trouble_is_asked_again(
    watched: Harness, what: int | type[Exception]
) -> None:
    watched.smsmode.status = "UNDELIVERABLE"
    watched.smsmode.trouble("GET", what, times=40)
    await watched.advance(2 * DAY)
    assert (await watched.message()).status is SmsStatus.PERMANENT_ERROR
    assert await watched.core.queue.failed() == []


async def test_a_dead_key_is_not_asked_with_again_and_again(watched: Harness) -> None:
    watched.smsmode.keys.clear()
    await watched.advance(20 * DAY)
    assert len(watched.smsmode.calls) == 7


async def test_an_sms_of_a_campaign_that_was_never_reported_gets_its_id(linked: Harness) -> None:
    linked.restart(reconcile_after=timedelta(hours=2))
    for number in range(2):
        phone = f"+3361111110{number}"
        await linked.execute(f"ap-{number}", text="Bonjour", properties={"phone": phone})
    await linked.advance(3 * HOUR)
    assert (await linked.message("ap-1")).smsmode_id == "sms-2"
    assert {callback_id for callback_id, _ in linked.hubspot.completions} == {"ap-0", "ap-1"}


async def test_one_job_looks_at_all_sms_of_an_account(watched: Harness) -> None:
    for number in range(55):
        await watched.execute(f"ap-{number + 2}", type="notification")
    await watched.settle()
    watched.smsmode.status = "DELIVERED"
    await watched.advance(3 * HOUR)
    messages = await watched.operate("GET", f"/accounts/{PORTAL}/messages")
    assert {one["status"] for one in messages.json()["results"]} == {"received"}


async def test_where_smsmode_reports_it_is_given_as_long_as_it_tries(watched: Harness) -> None:
    watched.restart(reconcile_reported_after=timedelta(hours=31))
    await watched.call_back("status", report("ENROUTE"))
    watched.smsmode.status = "DELIVERED"
    await watched.advance(31 * HOUR - 2)
    assert watched.smsmode.calls == []
    await watched.advance(2 * HOUR + 2)
    assert len(watched.smsmode.calls) == 1
    assert (await watched.message()).status is SmsStatus.RECEIVED


async def test_an_sms_does_not_wait_for_the_look_at_an_older_one(watched: Harness) -> None:
    await watched.advance(9 * HOUR)
    await watched.execute("ap-2", type="notification")
    await watched.advance(1)
    watched.smsmode.status = "DELIVERED"
    await watched.advance(4 * HOUR)
    assert (await watched.message("ap-2")).status is SmsStatus.RECEIVED
