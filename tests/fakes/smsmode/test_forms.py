"""Messages and campaigns do the same in each form of their routes."""

import pytest

from fakes.smsmode.codes import Role
from tests.fakes.smsmode.conftest import PHONE, Desk, request

LATER = "2026-11-24T10:00:00"
FORMS = (
    "/sms/v1",
    "/sms/v1/channels/{channel}",
    "/sms/v1/campaigns/{campaign}",
    "/sms/v1/channels/{channel}/campaigns/{campaign}",
)
ANOTHERS = [(form, "channels" in form) for form in FORMS]


@pytest.fixture
def manager(desk: Desk) -> str:
    return desk.new_key(desk.marketing, Role.MANAGER)


async def launch(desk: Desk, base: str, key: str) -> dict[str, object]:
    body = {"recipients": [{"to": PHONE}], "body": {"text": "Salon"}, "sentDate": LATER}
    answer = await desk.call("POST", f"{base}/campaigns", body, key=key)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(("form", "is_named"), ANOTHERS)
async def test_a_message_lives_in_every_form_of_its_route(
    desk: Desk, manager: str, form: str, *, is_named: bool
) -> None:
    channel = desk.notification if is_named else desk.marketing
    at = f"/sms/v1/channels/{channel.channel_id}" if is_named else "/sms/v1"
    campaign = await launch(desk, at, manager)
    base = form.format(channel=channel.channel_id, campaign=campaign["campaignId"]) + "/messages"
    body = request(text="Bonsoir", sentDate=LATER, refClient="one-1")
    sent = (await desk.call("POST", base, body, key=manager)).json()
    assert sent["channel"]["channelId"] == channel.channel_id
    assert sent.get("campaignId") == (campaign["campaignId"] if "campaigns" in form else None)
    one = f"{base}/{sent['messageId']}"
    assert (await desk.call("GET", one, key=manager)).json() == sent
    window = f"{base}?endDate=2026-12-01T00:00:00&searchBy[refClient]=one-1"
    assert (await desk.call("GET", window, key=manager)).json()["items"] == [sent]
    changed = await desk.call("PATCH", one, {"refClient": "two-2"}, key=manager)
    assert changed.json() == {**sent, "refClient": "two-2"}
    assert (await desk.call("DELETE", one, key=manager)).status_code == 204
    await desk.clock.run_due()
    after = (await desk.call("GET", one, key=manager)).json()
    assert after["status"]["detail"] == "CANCELLED"


@pytest.mark.parametrize("form", FORMS[2:])
async def test_a_message_is_not_found_in_another_campaign(
    desk: Desk, manager: str, form: str
) -> None:
    first, second = [await launch(desk, "/sms/v1", manager) for _ in range(2)]
    own = desk.marketing.channel_id
    there, elsewhere = [
        form.format(channel=own, campaign=c["campaignId"]) + "/messages" for c in (first, second)
    ]
    sent = (await desk.call("POST", there, request(sentDate=LATER), key=manager)).json()
    for method in ("GET", "DELETE"):
        answer = await desk.call(method, f"{elsewhere}/{sent['messageId']}", key=manager)
        assert answer.status_code == 404
    listed = await desk.call("GET", f"{elsewhere}?endDate=2026-12-01T00:00:00", key=manager)
    assert listed.json()["totalCount"] == 1


@pytest.mark.parametrize(("form", "is_named"), ANOTHERS[:2])
async def test_a_campaign_lives_in_both_forms_of_its_route(
    desk: Desk, manager: str, form: str, *, is_named: bool
) -> None:
    channel = desk.notification if is_named else desk.marketing
    base = form.format(channel=channel.channel_id)
    campaign = await launch(desk, base, manager)
    assert campaign["channel"] == channel.reference()
    one = f"{base}/campaigns/{campaign['campaignId']}"
    assert (await desk.call("GET", one, key=manager)).json() == campaign
    listed = await desk.call("GET", f"{base}/campaigns?searchBy[status]=SCHEDULED", key=manager)
    assert listed.json()["items"] == [campaign]
    changed = await desk.call("PATCH", one, {"refClient": "two-2"}, key=manager)
    assert changed.json() == {**campaign, "refClient": "two-2"}
    assert (await desk.call("DELETE", one, key=manager)).status_code == 204
    assert (await desk.call("GET", one, key=manager)).json()["status"] == "CANCELED"


async def test_the_control_lists_organisations(desk: Desk) -> None:
    listed = (await desk.control("GET", "/organisations")).json()["organisations"]
    assert [each["name"] for each in listed] == ["Salon"]
