"""Credit: transferred to the cent, lent by a parent, and summed up by the month."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fakes.smsmode.codes import Flow
from tests.fakes.smsmode.conftest import Desk, request
from tests.fakes.smsmode.organisations import below, own


async def test_a_parent_may_pay_for_what_is_below(desk: Desk, admin: str) -> None:
    made = await below(desk, admin, balance={"parentBilling": True})
    channel = desk.smsmode.add_channel(made["organisationId"], "Theirs", Flow.MARKETING)
    key = desk.smsmode.add_key(channel.channel_id, "Theirs").value
    await desk.call("POST", "/sms/v1/messages", request(), key=key)
    balances = desk.smsmode.state.balances
    assert balances[desk.organisation.organisation_id] == Decimal("9.939")
    destination = {"organisationDestination": {"organisationId": made["organisationId"]}}
    body = {**destination, "amount": 1}
    answer = await desk.call("POST", f"{own(desk)}/transfers", body, key=admin)
    assert answer.json()["errorCode"] == "400.041"
    assert balances[made["organisationId"]] == 0


async def test_credit_is_transferred_to_the_cent(desk: Desk, admin: str) -> None:
    made = await below(desk, admin)
    destination = {"organisationDestination": {"organisationId": made["organisationId"]}}
    body = {**destination, "amount": 2.61, "reference": "november"}
    transfer = (await desk.call("POST", f"{own(desk)}/transfers", body, key=admin)).json()
    assert transfer["organisationSource"]["name"] == "Salon"
    balances = desk.smsmode.state.balances
    assert balances[desk.organisation.organisation_id] == Decimal("7.39")
    assert balances[made["organisationId"]] == Decimal("2.61")
    one = f"{own(desk)}/transfers/{transfer['transferId']}"
    assert (await desk.call("GET", one, key=admin)).json() == transfer
    assert (await desk.call("GET", f"{own(desk)}/transfers")).json()["items"] == [transfer]


@pytest.mark.parametrize(
    ("amount", "to", "status"),
    [
        (100, "below", 400),
        (0, "below", 400),
        (-1, "below", 400),
        (1e-30, "below", 400),
        (1, "own", 400),
        (1, "x", 404),
    ],
)
async def test_a_wrong_transfer_moves_nothing(
    desk: Desk, admin: str, amount: float, to: str, status: int
) -> None:
    made = await below(desk, admin)
    ids = {"below": made["organisationId"], "own": desk.organisation.organisation_id}
    body = {"organisationDestination": {"organisationId": ids.get(to, to)}, "amount": amount}
    answer = await desk.call("POST", f"{own(desk)}/transfers", body, key=admin)
    assert answer.status_code == status
    assert desk.smsmode.state.balances[made["organisationId"]] == 0
    assert (await desk.call("POST", f"{own(desk)}/transfers", body)).status_code == 403


async def test_consumptions_sum_up_a_month(desk: Desk) -> None:
    await desk.send(text="a" * 161)
    await desk.send(to="32470123456")
    await desk.send(to="33600000102")
    await desk.clock.advance(timedelta(seconds=6))
    (month,) = (await desk.call("GET", "/commons/v1/consumptions")).json()["items"]
    assert (month["startDate"], month["quantity"]) == ("2026-11-01", 3)
    assert month["price"]["amount"] == 0.217
    assert {i["lookup"]["network"]: i["quantity"] for i in month["items"]} == {
        "SFR": 2,
        "Proximus": 1,
    }
    path = f"/commons/v1/channels/{desk.marketing.channel_id}/consumptions"
    assert (await desk.call("GET", path)).json()["items"] == [month]
    assert (await desk.call("GET", f"{path}/{month['consumptionId']}")).json() == month
    assert (await desk.call("GET", f"{path}/none")).status_code == 404
    wrong = "/commons/v1/consumptions?searchBy[periodType]=DAY"
    assert (await desk.call("GET", wrong)).status_code == 400
    other = "/commons/v1/consumptions?searchBy[channel.type]=RCS"
    assert (await desk.call("GET", other)).json()["items"] == []


async def test_the_usual_window_keeps_its_hour_across_a_change_of_clocks(desk: Desk) -> None:
    listed = (await desk.call("GET", "/commons/v1/consumptions")).json()
    assert listed["startDate"] == "2026-08-23T10:00:00"
    assert listed["endDate"] == "2026-11-23T10:00:00"
