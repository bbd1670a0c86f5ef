"""What cannot be read is refused in the shape of whoever was asked."""

import httpx
import pytest

from fakes.kit.call import LARGEST_BODY
from fakes.smsmode.codes import Role
from tests.fakes.smsmode.conftest import PHONE, Desk

CONTROL = f"/_control/smsmode/phones/{PHONE}/reply"


async def post(desk: Desk, path: str, content: bytes) -> httpx.Response:
    headers = {"X-Api-Key": desk.key.value}
    return await desk.http.post(path, content=content, headers=headers)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{", 400, "400.000"),
        (b"\xff", 400, "400.000"),
        (b'"text"', 400, "400.000"),
        (b" " * (LARGEST_BODY + 1), 413, "413.001"),
    ],
    ids=["broken", "not UTF-8", "no object", "too large"],
)
async def test_the_api_refuses_as_smsmode_does(
    desk: Desk, content: bytes, status: int, code: str
) -> None:
    answer = await post(desk, "/sms/v1/messages", content)
    assert (answer.status_code, answer.json()["errorCode"]) == (status, code)
    assert (await post(desk, CONTROL, content)).status_code == status
    assert desk.events("message.accepted") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": 5, "type": "SMS", "flow": "OTP"}, "400.041"),
        ({"name": "x", "flow": "OTP"}, "400.001"),
        ({"name": "x", "type": "FAX", "flow": "OTP"}, "400.041"),
        ({"name": "x", "type": "SMS", "flow": "OTP", "dailyConsumptionLimit": True}, "400.042"),
        ({"name": "x", "type": "SMS", "flow": "OTP", "dailyConsumptionLimit": "x"}, "400.042"),
        ({"name": "x", "type": "SMS", "flow": "OTP", "defaultCallbackUrlMo": "ftp:"}, "400.041"),
        (
            {
                "name": "x",
                "type": "SMS",
                "flow": "OTP",
                "defaultCallbackUrlMo": f"http://{'a' * 249}",
            },
            "400.041",
        ),
    ],
)
async def test_a_wrong_channel_is_refused(desk: Desk, body: object, code: str) -> None:
    manager = desk.new_key(desk.marketing, Role.MANAGER)
    path = f"/commons/v1/organisations/{desk.organisation.organisation_id}/channels"
    answer = await desk.call("POST", path, body, key=manager)
    assert answer.json()["errorCode"] == code
    assert len(desk.smsmode.state.channels) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "x", "type": "API_KEY"}, "400.001"),
        ({"name": "x", "roles": ["USER"]}, "400.001"),
        ({"name": "x", "type": "API_KEY", "roles": ["USER"], "authorizedIps": "any"}, "400.041"),
        ({"name": "x", "type": "API_KEY", "roles": ["USER"], "authorizedIps": [1]}, "400.041"),
    ],
)
async def test_a_wrong_key_is_refused(desk: Desk, body: object, code: str) -> None:
    manager = desk.new_key(desk.marketing, Role.MANAGER)
    path = f"/commons/v1/channels/{desk.marketing.channel_id}/credentials"
    made = len(desk.smsmode.state.credentials)
    assert (await desk.call("POST", path, body, key=manager)).json()["errorCode"] == code
    assert len(desk.smsmode.state.credentials) == made


async def test_lists_are_sorted_as_asked(desk: Desk) -> None:
    for reference in ("beta", "alpha"):
        await desk.send(refClient=reference)
    path = "/sms/v1/messages?sortBy[refClient]"
    for order, expected in (("ASC", ["alpha", "beta"]), ("DESC", ["beta", "alpha"])):
        items = (await desk.call("GET", f"{path}={order}")).json()["items"]
        assert [item["refClient"] for item in items] == expected
    assert (await desk.call("GET", f"{path}=UP")).json()["errorCode"] == "400.040"


async def test_a_message_of_a_phone_that_answered_is_shown_as_a_reply(desk: Desk) -> None:
    await desk.send(to="33600000115")
    await desk.clock.advance(desk.smsmode.settings.delivered_after * 4)
    (told,) = desk.events("message.replied")
    read = await desk.call("GET", f"/sms/v1/messages/{told['messageId']}")
    assert (read.json()["direction"], read.json()["body"]["text"]) == ("MO", "oui")
