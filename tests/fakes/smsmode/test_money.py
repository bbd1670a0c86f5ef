"""What messages cost, when they are debited, and what becomes of them without credit."""

from datetime import timedelta
from decimal import Decimal

from fakes.smsmode.codes import Flow
from tests.fakes.smsmode.conftest import Desk, Listener, request

PART = Decimal("0.061")


def balance(desk: Desk) -> Decimal:
    return desk.smsmode.state.balances[desk.organisation.organisation_id]


async def test_each_part_is_debited_when_the_message_is_accepted(desk: Desk) -> None:
    await desk.send(text="a" * 161)
    assert balance(desk) == Decimal(10) - 2 * PART


async def test_abroad_costs_what_the_table_says(desk: Desk) -> None:
    message = await desk.send(to="32470123456")
    assert message["price"]["amount"] == 0.095
    assert balance(desk) == Decimal("9.905")


async def test_without_credit_the_send_is_accepted_then_refused(
    desk: Desk, listener: Listener
) -> None:
    path = f"/organisations/{desk.organisation.organisation_id}/balance"
    await desk.control("PUT", path, {"amount": "0.06"})
    message = await desk.send()
    assert message["status"]["value"] == "ENROUTE"
    await desk.clock.advance(timedelta(seconds=5))
    assert listener.bodies[-1]["status"]["detail"] == "INSUFFICIENT_CREDIT"
    assert balance(desk) == Decimal("0.06")


async def test_a_new_account_sends_twenty_sms_for_nothing(desk: Desk, listener: Listener) -> None:
    organisation = desk.smsmode.add_organisation("New")
    channel = desk.smsmode.add_channel(organisation.organisation_id, "Mkt", Flow.MARKETING)
    key = desk.smsmode.add_key(channel.channel_id, "Mkt").value
    body = request(callbackUrlStatus="https://app.example/new")
    for _ in range(21):
        await desk.call("POST", "/sms/v1/messages", body, key=key)
    await desk.clock.advance(timedelta(seconds=5))
    assert listener.values.count("DELIVERED") == 20
    assert listener.values.count("UNDELIVERABLE") == 1


async def test_what_smsmode_refuses_is_not_billed_unless_set(desk: Desk) -> None:
    await desk.send(to="33600000102")
    assert balance(desk) == Decimal(10)
    desk.set(bills_refused=True)
    await desk.send(to="33600000102")
    assert balance(desk) == Decimal(10) - PART


async def test_the_price_may_be_told_at_the_end_alone(desk: Desk, listener: Listener) -> None:
    desk.set(price_shown=False)
    assert "price" not in await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    assert ["price" in body for body in listener.bodies] == [False, True]


async def test_whoever_pays_afterwards_may_owe(desk: Desk, listener: Listener) -> None:
    desk.set(payment_type="POSTPAID")
    made = (await desk.control("POST", "/organisations", {"name": "Later", "balance": 0})).json()
    channel = desk.smsmode.add_channel(made["organisationId"], "Mkt", Flow.MARKETING)
    key = desk.new_key(channel)
    body = request(callbackUrlStatus="https://app.example/later")
    await desk.call("POST", "/sms/v1/messages", body, key=key)
    await desk.clock.advance(timedelta(seconds=5))
    assert listener.values == ["ENROUTE", "DELIVERED"]
    path = f"/commons/v1/organisations/{made['organisationId']}"
    shown = (await desk.call("GET", path, key=key)).json()["balance"]
    assert (shown["amount"], shown["paymentType"]) == (-0.061, "POSTPAID")
    told = (await desk.control("GET", f"/organisations/{made['organisationId']}/balance")).json()
    assert (told["amount"], told["credits"]) == ("-0.061", -1)
