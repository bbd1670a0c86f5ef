"""Messages that leave later: their dates, and what a change or a cancellation does."""

from datetime import timedelta
from decimal import Decimal

from tests.fakes.smsmode.conftest import Desk, Listener

NOON = "2026-11-23T12:00:00"
"""Two hours after the clock starts, in Paris."""


async def later(desk: Desk) -> str:
    message = await desk.send(sentDate=NOON, refClient="later-1")
    assert message["status"]["value"] == "SCHEDULED"
    return f"/sms/v1/messages/{message['messageId']}"


async def test_a_scheduled_message_leaves_on_its_date(desk: Desk, listener: Listener) -> None:
    await later(desk)
    await desk.clock.advance(timedelta(minutes=119))
    assert listener.heard == []
    await desk.clock.advance(timedelta(minutes=2))
    assert listener.values == ["ENROUTE", "DELIVERED"]


async def test_a_near_date_is_now(desk: Desk) -> None:
    message = await desk.send(sentDate="2026-11-23T10:04:00")
    assert message["status"]["value"] == "ENROUTE"


async def test_a_date_may_carry_its_offset(desk: Desk) -> None:
    message = await desk.send(sentDate="2026-11-23T11:00:00Z")
    assert message["sentDate"] == NOON


async def test_a_change_keeps_what_it_does_not_name(desk: Desk) -> None:
    path = await later(desk)
    changes = {"body": {"text": "Bonsoir"}, "refClient": ""}
    answer = await desk.call("PATCH", path, changes)
    assert answer.status_code == 200
    assert answer.json()["body"]["text"] == "Bonsoir"
    assert answer.json()["sentDate"] == NOON
    assert "refClient" not in answer.json()


async def test_a_changed_date_moves_the_leave(desk: Desk, listener: Listener) -> None:
    path = await later(desk)
    await desk.call("PATCH", path, {"sentDate": "2026-11-23T14:00:00"})
    await desk.clock.advance(timedelta(hours=3))
    assert listener.heard == []
    await desk.clock.advance(timedelta(hours=2))
    assert listener.values == ["ENROUTE", "DELIVERED"]


async def test_a_change_may_move_the_message_to_another_phone(desk: Desk) -> None:
    path = await later(desk)
    await desk.call("PATCH", path, {"recipient": {"to": "33622222222"}, "refClient": "later-2"})
    found = "/sms/v1/messages?endDate=2026-12-01T00:00:00"
    by_phone = await desk.call("GET", f"{found}&searchBy[to]=33622222222")
    by_reference = await desk.call("GET", f"{found}&searchBy[refClient]=later-2")
    assert by_phone.json()["items"] == by_reference.json()["items"] != []


async def test_a_message_cannot_be_changed_into_an_immediate_one(desk: Desk) -> None:
    path = await later(desk)
    answer = await desk.call("PATCH", path, {"sentDate": ""})
    assert answer.json()["errorCode"] == "400.030"


async def test_a_change_moves_a_message_by_a_year_at_most(desk: Desk) -> None:
    message = await desk.send(sentDate="2031-01-01T12:00:00")
    path = f"/sms/v1/messages/{message['messageId']}"
    assert (await desk.call("PATCH", path, {"refClient": "later-1"})).status_code == 200
    for date, status in (("2027-11-23T10:00:01", 400), ("2027-11-23T10:00:00", 200)):
        answer = await desk.call("PATCH", path, {"sentDate": date})
        assert answer.status_code == status
    desk.set(furthest_change=3600)
    refusal = (await desk.call("PATCH", path, {"sentDate": NOON})).json()
    assert refusal["errorCode"] == "400.030"


async def test_a_cancelled_message_never_leaves(desk: Desk, listener: Listener) -> None:
    path = await later(desk)
    answer = await desk.call("DELETE", path)
    assert (answer.status_code, answer.content) == (204, b"")
    local = (await desk.call("GET", path)).json()["sentDate"]
    again = await desk.call("DELETE", path)
    assert f"for {local}" in again.text
    assert "+00:00" not in again.text
    await desk.clock.advance(timedelta(hours=3))
    assert [body["status"]["detail"] for body in listener.bodies] == ["CANCELLED"]
    assert desk.smsmode.state.balances[desk.organisation.organisation_id] == Decimal(10)


async def test_nothing_changes_in_the_last_five_minutes(desk: Desk) -> None:
    path = await later(desk)
    await desk.clock.advance(timedelta(minutes=116))
    assert (await desk.call("PATCH", path, {"refClient": "late"})).status_code == 409
    assert (await desk.call("DELETE", path)).json()["errorCode"] == "409.001"


async def test_a_sent_message_cannot_be_called_off(desk: Desk) -> None:
    desk.set(unscheduled_status=400)
    message = await desk.send()
    answer = await desk.call("DELETE", f"/sms/v1/messages/{message['messageId']}")
    assert answer.status_code == 400
