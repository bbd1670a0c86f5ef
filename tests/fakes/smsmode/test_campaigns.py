"""Campaigns: one text for many phones, sent at once, spread or scheduled."""

from datetime import timedelta
from typing import Any

import pytest

from fakes.smsmode.codes import Role
from tests.fakes.smsmode.conftest import APP, Desk, Listener, request

CAMPAIGNS = "/sms/v1/campaigns"
PHONES = ("33611111111", "33622222222", "33633333333")
LATER = "2026-11-23T12:00:00"


def blast(**changes: Any) -> dict[str, Any]:
    recipients = [{"to": to, "refClient": f"ref-{to}"} for to in PHONES]
    return {"recipients": recipients, "body": {"text": "Salon"}, **changes}


async def launch(desk: Desk, **changes: Any) -> dict[str, Any]:
    answer = await desk.call("POST", CAMPAIGNS, blast(**changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def read(desk: Desk, campaign: dict[str, Any]) -> dict[str, Any]:
    return dict((await desk.call("GET", f"{CAMPAIGNS}/{campaign['campaignId']}")).json())


async def test_a_campaign_sends_its_text_to_each_recipient(desk: Desk, listener: Listener) -> None:
    campaign = await launch(desk, refClient="salon", callbackUrlStatus=f"{APP}/campaign")
    assert (campaign["status"], campaign["quantity"]) == ("ONGOING", 3)
    assert campaign["price"] == {"amount": 0.183, "currency": "EUR"}
    await desk.clock.advance(timedelta(seconds=5))
    delivered = [b["refClient"] for b in listener.bodies if b["status"]["value"] == "DELIVERED"]
    assert sorted(delivered) == [f"ref-{to}" for to in PHONES]
    ended = await read(desk, campaign)
    assert ended["status"] == "ENDED"
    assert ended["statuses"] == [{"value": "DELIVERED", "quantity": 3}]


async def test_an_address_that_is_null_is_none(desk: Desk) -> None:
    campaign = await launch(desk, callbackUrlStatus=None, callbackUrlMo=None, refClient=None)
    assert campaign.keys().isdisjoint({"callbackUrlStatus", "callbackUrlMo", "refClient"})


async def test_an_end_date_spreads_the_messages_evenly(desk: Desk) -> None:
    await launch(desk, sentDate=LATER, endDate="2026-11-23T14:00:00")
    sent = (await desk.call("GET", "/sms/v1/messages?endDate=2026-12-01T00:00:00")).json()["items"]
    assert [m["sentDate"][11:16] for m in sent] == ["14:00", "13:00", "12:00"]


async def test_a_scheduled_campaign_changes_all_of_its_messages(
    desk: Desk, listener: Listener
) -> None:
    campaign = await launch(desk, sentDate=LATER)
    path = f"{CAMPAIGNS}/{campaign['campaignId']}"
    changes = {"body": {"text": "Demain"}, "sentDate": "2026-11-23T13:00:00"}
    assert (await desk.call("PATCH", path, changes)).json()["sentDate"] == changes["sentDate"]
    await desk.clock.advance(timedelta(hours=2, minutes=59))
    assert listener.heard == []
    await desk.clock.advance(timedelta(minutes=2))
    assert {b["body"]["text"] for b in listener.bodies} == {"Demain"}


async def test_a_cancelled_campaign_sends_nothing(desk: Desk, listener: Listener) -> None:
    campaign = await launch(desk, sentDate=LATER)
    path = f"{CAMPAIGNS}/{campaign['campaignId']}"
    assert (await desk.call("DELETE", path)).status_code == 204
    await desk.clock.advance(timedelta(hours=5))
    assert listener.values == ["UNDELIVERABLE"] * 3
    assert (await read(desk, campaign))["status"] == "CANCELED"
    assert (await desk.call("DELETE", path)).status_code == 409
    assert (await desk.call("POST", f"{path}/messages", request())).status_code == 409


async def test_a_campaign_about_to_leave_can_no_longer_change(desk: Desk) -> None:
    campaign = await launch(desk, sentDate=LATER)
    await desk.clock.advance(timedelta(hours=1, minutes=56))
    path = f"{CAMPAIGNS}/{campaign['campaignId']}"
    assert (await desk.call("PATCH", path, {"refClient": "new"})).status_code == 409


async def test_recipients_may_be_added(desk: Desk) -> None:
    campaign = await launch(desk, sentDate=LATER)
    path = f"{CAMPAIGNS}/{campaign['campaignId']}/messages"
    added = (await desk.call("POST", path, request(to="33644444444"))).json()
    assert (added["campaignId"], added["sentDate"]) == (campaign["campaignId"], LATER)
    listed = await desk.call("GET", f"{path}?endDate=2026-12-01T00:00:00")
    assert listed.json()["totalCount"] == 4
    alone = await desk.send()
    assert (await desk.call("GET", f"{path}/{alone['messageId']}")).status_code == 404


async def test_lists_show_ongoing_campaigns_unless_told_otherwise(desk: Desk) -> None:
    await launch(desk, refClient="now")
    await launch(desk, refClient="later", sentDate=LATER)
    for query, expected in (
        ("", ["now"]),
        ("searchBy[status]=SCHEDULED", ["later"]),
        ("searchBy[refClient]=later", []),
        ("searchBy[status]=SCHEDULED&searchBy[refClient]=later", ["later"]),
    ):
        items = (await desk.call("GET", f"{CAMPAIGNS}?{query}")).json()["items"]
        assert [c["refClient"] for c in items] == expected


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"recipients": []}, "400.001"),
        ({"recipients": ["33611111111"]}, "400.041"),
        ({"recipients": [{"to": "06"}]}, "400.029"),
        ({"recipients": [{"to": "33611111111"}] * 1001}, "400.041"),
        ({"sentDate": "2026-11-23T10:29:59"}, "400.030"),
        ({"sentDate": "2046-11-23T10:29:59"}, "400.030"),
        ({"sentDate": "soon"}, "400.030"),
        ({"endDate": "2026-11-23T09:00:00"}, "400.030"),
        ({"endDate": "9999-12-31T23:59:59"}, "400.030"),
        ({"refClient": "x"}, "400.020"),
        ({"body": {"text": "a" * 1531}}, "400.010"),
    ],
)
async def test_a_wrong_campaign_is_refused_whole(
    desk: Desk, changes: dict[str, Any], code: str
) -> None:
    answer = await desk.call("POST", CAMPAIGNS, blast(**changes))
    assert (answer.status_code, answer.json()["errorCode"]) == (400, code)
    assert desk.events("message.accepted") == []


@pytest.mark.parametrize("changes", [{"recipients": []}, {"sentDate": ""}, ["x"]])
async def test_a_wrong_change_changes_nothing(desk: Desk, changes: object) -> None:
    campaign = await launch(desk, sentDate=LATER)
    path = f"{CAMPAIGNS}/{campaign['campaignId']}"
    assert (await desk.call("PATCH", path, changes)).status_code == 400
    assert await read(desk, campaign) == campaign


async def test_a_campaign_is_its_channels(desk: Desk) -> None:
    campaign = await launch(desk)
    path = f"{CAMPAIGNS}/{campaign['campaignId']}"
    stranger = desk.new_key(desk.notification, Role.USER)
    assert (await desk.call("GET", path, key=stranger)).status_code == 404
    manager = desk.new_key(desk.notification, Role.MANAGER)
    longest = f"/sms/v1/channels/{desk.marketing.channel_id}/campaigns/{campaign['campaignId']}"
    assert (await desk.call("GET", longest, key=manager)).json() == campaign
    listed = await desk.call("GET", f"{longest}/messages", key=manager)
    assert listed.json()["totalCount"] == 3
    desk.set(foreign_status=403)
    assert (await desk.call("GET", path, key=stranger)).json()["errorCode"] == "403.004"


async def test_statuses_of_changes_are_settings(desk: Desk) -> None:
    desk.set(change_status=204, cancel_status=200)
    campaign = await launch(desk, sentDate=LATER)
    path = f"{CAMPAIGNS}/{campaign['campaignId']}"
    assert (await desk.call("PATCH", path, {"refClient": "new"})).status_code == 204
    assert (await desk.call("DELETE", path)).json()["status"] == "CANCELED"
