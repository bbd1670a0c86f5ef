"""Settings that other tests leave at their defaults are obeyed in another position too."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from fakes.kit.clock import EPOCH
from fakes.smsmode.codes import Role
from tests.fakes.smsmode.conftest import PHONE, Desk, Listener

MESSAGES, CAMPAIGNS = "/sms/v1/messages", "/sms/v1/campaigns"


def blast(count: int = 1, **changes: Any) -> dict[str, Any]:
    return {"recipients": [{"to": PHONE}] * count, "body": {"text": "Salon"}, **changes}


def reported(desk: Desk) -> list[float]:
    """Return when each report was made, in seconds from the beginning."""
    moments = [datetime.fromisoformat(event["at"]) for event in desk.events("message.status")]
    return [(moment - EPOCH).total_seconds() for moment in moments]


async def test_dates_are_of_the_zone_asked_for(desk: Desk) -> None:
    desk.set(zone="America/New_York")
    message = await desk.send(sentDate="2026-11-23T06:00:00")
    assert (message["acceptedAt"], message["sentDate"]) == (
        "2026-11-23T04:00:00",
        "2026-11-23T06:00:00",
    )
    await desk.clock.advance(timedelta(minutes=119))
    assert desk.events("message.status") == []
    await desk.clock.advance(timedelta(minutes=1, seconds=5))
    assert len(desk.events("message.status")) == 2


async def test_a_stop_may_be_neither_confirmed_nor_debited(desk: Desk) -> None:
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    desk.set(confirms_stop=False)
    await desk.reply("STOP")
    assert len(desk.events("number.blacklisted")) == 1
    assert desk.events("stop.confirmed") == []
    assert [e["reason"] for e in desk.events("balance.debited")] == ["message"]


async def test_a_stop_costs_what_is_set(desk: Desk) -> None:
    desk.set(stop_price="0.08")
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    await desk.reply("STOP")
    assert [e["amount"] for e in desk.events("balance.debited")] == ["0.061", "0.08"]


async def test_campaigns_have_the_limits_that_are_set(desk: Desk) -> None:
    desk.set(campaign_limit=2, campaign_notice=60)
    soon = {"sentDate": "2026-11-23T10:02:00"}
    assert (await desk.call("POST", CAMPAIGNS, blast(3))).status_code == 400
    assert (await desk.call("POST", CAMPAIGNS, blast(2, **soon))).status_code == 201


async def test_what_is_immediate_is_set(desk: Desk) -> None:
    desk.set(immediate_within=60)
    message = await desk.send(sentDate="2026-11-23T10:03:00")
    assert message["status"]["value"] == "SCHEDULED"
    path = f"{MESSAGES}/{message['messageId']}"
    assert (await desk.call("PATCH", path, {"refClient": "one-1"})).status_code == 200
    await desk.clock.advance(timedelta(seconds=121))
    assert (await desk.call("DELETE", path)).status_code == 409


@pytest.mark.parametrize(
    ("date", "status"),
    [
        ("2026-11-23T09:59:00", 201),
        ("2026-11-23T09:58:59", 400),
        ("2026-11-24T10:00:00", 201),
        ("2026-11-24T10:00:01", 400),
    ],
)
async def test_how_far_a_date_may_be_is_set(desk: Desk, date: str, status: int) -> None:
    desk.set(past_tolerance=60, furthest=86_400)
    assert (await desk.post(sentDate=date)).status_code == status


async def test_the_window_of_lists_is_set(desk: Desk) -> None:
    await desk.send(sentDate="2026-11-23T12:00:00")
    await desk.call("POST", CAMPAIGNS, blast())
    finished = f"{CAMPAIGNS}?searchBy[status]=ENDED"
    for window, accepted_now in (("sentDate", 1), ("acceptedAt", 2)):
        desk.set(list_window=window)
        assert (await desk.call("GET", MESSAGES)).json()["totalCount"] == accepted_now
    await desk.clock.advance(timedelta(days=20))
    for days, shown in ((10, 0), (31, 2)):
        desk.set(list_days=days)
        assert (await desk.call("GET", MESSAGES)).json()["totalCount"] == shown
        assert (await desk.call("GET", finished)).json()["totalCount"] == min(shown, 1)


async def test_the_words_of_accounts_are_set(desk: Desk) -> None:
    desk.set(organisation_state="OPEN", key_type="KEY", transfer_type="GIFT")
    admin = desk.new_key(desk.marketing, Role.ADMIN)
    path = "/commons/v1/organisations"
    body = {"name": "Below", "contact": {"firstName": "Jean"}}
    below = (await desk.call("POST", path, body, key=admin)).json()
    assert below["state"] == "OPEN"
    own = f"{path}/{desk.organisation.organisation_id}"
    given = {"organisationDestination": {"organisationId": below["organisationId"]}, "amount": 1}
    transfer = (await desk.call("POST", f"{own}/transfers", given, key=admin)).json()
    assert transfer["type"] == "GIFT"
    credentials = f"/commons/v1/channels/{desk.marketing.channel_id}/credentials"
    (key, *_) = (await desk.call("GET", credentials, key=admin)).json()["items"]
    assert (key["type"], key["state"]) == ("KEY", "OPEN")


async def test_how_long_a_delivery_takes_is_set(desk: Desk) -> None:
    desk.set(enroute_after=2, delivered_after=30, jitter=0, part_after=10)
    await desk.send(text="a" * 161)
    await desk.clock.advance(timedelta(minutes=1))
    assert reported(desk) == [2, 40]


async def test_retries_come_when_they_are_set_to(desk: Desk, listener: Listener) -> None:
    desk.set(retry_delays=[1, 5], reports_enroute=False)
    listener.statuses = [500] * 9
    await desk.send(to="33600000100")
    await desk.clock.advance(timedelta(hours=48))
    moments = [datetime.fromisoformat(e["at"]) for e in desk.events("callback.attempted")]
    assert [(m - EPOCH).total_seconds() for m in moments] == [3, 4, 9]
    (line,) = (await desk.control("GET", "/callbacks")).json()["callbacks"]
    assert line["progress"] == "dropped"


async def test_a_callback_waits_for_its_answer_as_long_as_is_set() -> None:
    asked: list[float] = []

    async def slow(call: httpx.Request) -> httpx.Response:
        asked.append(call.extensions["timeout"]["read"])
        raise httpx.ReadTimeout("", request=call)

    async with httpx.AsyncClient(transport=httpx.MockTransport(slow)) as http:
        desk = Desk(http, Listener())
        async with desk.http:
            desk.set(callback_timeout=2, reports_enroute=False)
            await desk.send()
            await desk.clock.advance(timedelta(seconds=5))
            (line,) = (await desk.control("GET", "/callbacks")).json()["callbacks"]
    assert asked == [2.0]
    assert line["attempts"][0]["failure"] == "timeout"
    assert line["progress"] == "waiting"
