"""The account's routes: organisations, channels, keys, users and look-ups, and who may do what."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fakes.smsmode.codes import Role
from tests.fakes.smsmode.conftest import APP, PHONE, Desk, Listener, request
from tests.fakes.smsmode.organisations import CONTACT, ORGANISATIONS, below, own


async def test_the_balance_stands_in_the_organisation(desk: Desk) -> None:
    await desk.send()
    (shown,) = (await desk.call("GET", ORGANISATIONS)).json()["items"]
    assert shown["balance"]["amount"] == 9.939
    assert shown["monthlyConsumption"] == 0.061


async def test_only_an_administrator_opens_and_sees_organisations_below(
    desk: Desk, admin: str
) -> None:
    made = await below(desk, admin)
    assert made["parentOrganisationId"] == desk.organisation.organisation_id
    assert made["balance"]["amount"] == 0
    path = f"{ORGANISATIONS}/{made['organisationId']}"
    manager = desk.new_key(desk.marketing, Role.MANAGER)
    refused = await desk.call("POST", ORGANISATIONS, {"name": "x", **CONTACT}, key=manager)
    assert (refused.status_code, refused.json()["errorCode"]) == (403, "403.001")
    assert (await desk.call("GET", path, key=admin)).json()["name"] == "Below"
    assert (await desk.call("GET", path, key=manager)).status_code == 404


async def test_an_organisation_changes_field_by_field(desk: Desk, admin: str) -> None:
    await desk.call("PATCH", own(desk), CONTACT, key=admin)
    change = {"contact": {"mobile": "+33611111111"}, "companyInformation": {"name": "Salon SA"}}
    changed = (await desk.call("PATCH", own(desk), change, key=admin)).json()
    assert changed["contact"] == {**CONTACT["contact"], "mobile": "+33611111111"}
    assert (await desk.call("PATCH", own(desk), change)).status_code == 403


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": ""}, "400.001"),
        ({"name": "x"}, "400.001"),
        ({"name": "x", "contact": "Jean"}, "400.041"),
        ({"name": "x", **CONTACT, "balance": 5}, "400.041"),
        ({"name": "x", **CONTACT, "monthlyConsumptionLimit": -1}, "400.042"),
        ({"name": "x", **CONTACT, "balance": {"parentBilling": "yes"}}, "400.041"),
        ([], "400.000"),
    ],
)
async def test_a_wrong_organisation_is_refused(
    desk: Desk, admin: str, body: object, code: str
) -> None:
    answer = await desk.call("POST", ORGANISATIONS, body, key=admin)
    assert answer.json()["errorCode"] == code
    assert len(desk.smsmode.state.organisations) == 1


async def test_channels_are_opened_changed_and_read(desk: Desk) -> None:
    manager = desk.new_key(desk.marketing, Role.MANAGER)
    body = {"name": "New", "type": "SMS", "flow": "OTP", "dailyConsumptionLimit": 1.5}
    made = (await desk.call("POST", f"{own(desk)}/channels", body, key=manager)).json()
    path = f"{own(desk)}/channels/{made['channelId']}"
    changes = {"name": "Newer", "defaultCallbackUrlMo": f"{APP}/mo", "dailyConsumptionLimit": None}
    changed = (await desk.call("PATCH", path, changes, key=manager)).json()
    assert changed["defaultCallbackUrlMo"] == f"{APP}/mo"
    assert "dailyConsumptionLimit" not in changed
    assert (await desk.call("GET", path, key=manager)).json() == changed
    listed = (await desk.call("GET", f"{own(desk)}/channels", key=manager)).json()
    assert listed["totalCount"] == 3
    assert (await desk.call("GET", f"{own(desk)}/channels")).json()["totalCount"] == 1
    assert (await desk.call("PATCH", path, changes)).status_code == 403


async def test_a_channel_of_another_organisation_is_not_found(desk: Desk, admin: str) -> None:
    made = await below(desk, admin)
    path = f"{ORGANISATIONS}/{made['organisationId']}/channels/{desk.marketing.channel_id}"
    assert (await desk.call("GET", path, key=admin)).status_code == 404


@pytest.mark.parametrize(
    ("limit", "detail"),
    [
        ("dailyConsumptionLimit", "DAILY_LIMIT_EXCEEDED"),
        ("monthly", "ORGANISATION_MONTHLY_LIMIT_EXCEEDED"),
    ],
)
async def test_a_limit_refuses_what_goes_over_it(
    desk: Desk, admin: str, listener: Listener, limit: str, detail: str
) -> None:
    made = await below(desk, admin, monthlyConsumptionLimit=0.1)
    channels = f"{ORGANISATIONS}/{made['organisationId']}/channels"
    body = {"name": "Theirs", "type": "SMS", "flow": "MARKETING", limit: 0.07}
    channel = (await desk.call("POST", channels, body, key=admin)).json()
    desk.smsmode.state.balances[made["organisationId"]] = Decimal(5)
    key = desk.smsmode.add_key(channel["channelId"], "Theirs").value
    sent = request(callbackUrlStatus=f"{APP}/status")
    for _ in range(2):
        await desk.call("POST", "/sms/v1/messages", sent, key=key)
    await desk.clock.advance(timedelta(seconds=5))
    details = [b["status"].get("detail") for b in listener.bodies]
    assert details.count(detail) == 1
    shown = (await desk.call("GET", f"{channels}/{channel['channelId']}", key=admin)).json()
    assert shown["dailyConsumption"] == shown["monthlyConsumption"] == 0.061
    await desk.clock.advance(timedelta(days=10))
    assert desk.smsmode.state.balances[made["organisationId"]] == Decimal("4.939")


async def test_keys_are_made_restricted_blocked_and_revoked(desk: Desk) -> None:
    manager = desk.new_key(desk.marketing, Role.MANAGER)
    path = f"/commons/v1/channels/{desk.marketing.channel_id}/credentials"
    body = {"name": "New", "type": "API_KEY", "roles": ["USER"]}
    made = (await desk.call("POST", path, body, key=manager)).json()
    one = f"{path}/{made['credentialId']}"
    value = made["value"]
    assert (await desk.call("GET", "/sms/v1/messages", key=value)).status_code == 200
    used = (await desk.call("GET", one, key=manager)).json()
    assert used["lastIpAddress"] == "127.0.0.1"
    expected = {"authorizedIps": ("10.0.0.1", 403), "blocked": (True, 401)}
    for name, (change, status) in expected.items():
        changed = [change] if name == "authorizedIps" else change
        await desk.call("PATCH", one, {"type": "API_KEY", name: changed}, key=manager)
        assert (await desk.call("GET", "/sms/v1/messages", key=value)).status_code == status
    assert (await desk.call("DELETE", one, key=manager)).status_code == 204
    assert (await desk.call("GET", one, key=manager)).status_code == 404
    assert (await desk.call("GET", "/sms/v1/messages", key=value)).status_code == 401


async def test_a_user_sees_its_own_key_alone_and_nobody_promotes_themselves(desk: Desk) -> None:
    manager = desk.new_key(desk.marketing, Role.MANAGER)
    path = f"/commons/v1/channels/{desk.marketing.channel_id}/credentials"
    items = (await desk.call("GET", path)).json()["items"]
    assert [item["value"] for item in items] == [desk.key.value]
    assert (await desk.call("GET", path, key=manager)).json()["totalCount"] == 2
    body = {"name": "x", "type": "API_KEY", "roles": ["ADMIN"]}
    assert (await desk.call("POST", path, body, key=manager)).json()["errorCode"] == "403.001"
    body = {"name": "x", "type": "API_KEY", "roles": ["KING"]}
    assert (await desk.call("POST", path, body, key=manager)).json()["errorCode"] == "400.041"
    body = {"name": "x", "type": "API_KEY", "roles": []}
    assert (await desk.call("POST", path, body, key=desk.key.value)).status_code == 403


async def test_a_look_up_tells_country_and_operator(desk: Desk) -> None:
    found = (await desk.call("GET", f"/commons/v1/lookup/+{PHONE}")).json()
    assert (found["isoCountryCode"], found["mccMnc"]) == ("FR", "20810")
    answer = await desk.call("GET", "/commons/v1/lookup/0611111111")
    assert answer.json()["errorCode"] == "400.029"


async def test_every_vendor_route_asks_for_a_key(desk: Desk) -> None:
    for path in (ORGANISATIONS, own(desk), "/commons/v1/lookup/33611111111", "/sms/v1/campaigns"):
        assert (await desk.call("GET", path, key="wrong")).status_code == 401
