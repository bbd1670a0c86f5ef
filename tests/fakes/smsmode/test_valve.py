"""The valve of the callbacks: held, released, dropped or said twice."""

from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.smsmode.conftest import Desk, Listener

SOON = timedelta(seconds=5)


async def ledger(desk: Desk) -> list[dict[str, Any]]:
    return list((await desk.control("GET", "/callbacks")).json()["callbacks"])


async def turn(desk: Desk, **changes: object) -> None:
    assert (await desk.control("PATCH", "/callbacks/valve", changes)).status_code == 200


async def sent(desk: Desk, number: int = 1) -> None:
    for _ in range(number):
        await desk.send()
    await desk.clock.advance(SOON)


@pytest.mark.parametrize(
    ("order", "values"),
    [
        ("oldest-first", ["ENROUTE", "DELIVERED"]),
        ("newest-first", ["DELIVERED", "ENROUTE"]),
        (["callback-2"], ["DELIVERED"]),
    ],
)
async def test_held_callbacks_are_released_in_the_order_asked_for(
    desk: Desk, listener: Listener, order: object, values: list[str]
) -> None:
    await turn(desk, holds=True)
    await sent(desk)
    assert listener.heard == []
    assert {line["progress"] for line in await ledger(desk)} == {"held"}
    await desk.control("POST", "/callbacks/release", {"order": order})
    await desk.clock.run_due()
    assert listener.values == values
    await sent(desk)
    assert len(listener.values) == len(values) + 2


async def test_a_later_try_is_held_as_a_first_one_is(desk: Desk, listener: Listener) -> None:
    listener.statuses = [500]
    desk.set(reports_enroute=False)
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    await desk.control("PATCH", "/callbacks/valve", {"holds": True})
    await desk.clock.advance(timedelta(minutes=5))
    (line,) = (await desk.control("GET", "/callbacks")).json()["callbacks"]
    assert (line["progress"], line["nextDue"], len(line["attempts"])) == ("held", None, 1)
    await desk.control("POST", "/callbacks/release", {})
    await desk.clock.run_due()
    assert listener.values == ["DELIVERED", "DELIVERED"]


async def test_a_dropped_callback_is_never_tried(desk: Desk, listener: Listener) -> None:
    await turn(desk, drops=1)
    await sent(desk)
    await desk.clock.advance(timedelta(days=3))
    assert listener.values == ["DELIVERED"]
    (lost, _) = await ledger(desk)
    assert (lost["progress"], lost["attempts"]) == ("lost", [])
    await desk.control("POST", f"/callbacks/{lost['callbackId']}/redeliver")
    assert listener.values == ["DELIVERED", "ENROUTE"]


async def test_a_duplicated_callback_says_the_same_bytes_twice(
    desk: Desk, listener: Listener
) -> None:
    await turn(desk, duplicates=1)
    await sent(desk)
    assert listener.values == ["ENROUTE", "ENROUTE", "DELIVERED"]
    assert listener.heard[0].content == listener.heard[1].content


async def test_a_callback_may_be_duplicated_by_hand(desk: Desk, listener: Listener) -> None:
    await sent(desk)
    made = await desk.control("POST", "/callbacks/callback-1/duplicate")
    assert made.status_code == 201
    await desk.clock.run_due()
    assert listener.values == ["ENROUTE", "DELIVERED", "ENROUTE"]


async def test_dropping_a_waiting_callback_ends_its_tries(desk: Desk, listener: Listener) -> None:
    desk.set(reports_enroute=False)
    listener.statuses = [500] * 9
    await sent(desk)
    dropped = (await desk.control("POST", "/callbacks/callback-1/drop")).json()
    assert (dropped["progress"], dropped["nextDue"]) == ("lost", None)
    await desk.clock.advance(timedelta(days=3))
    assert len(listener.heard) == 1
    again = await desk.control("POST", "/callbacks/callback-1/drop")
    assert (again.status_code, again.json()["error"]) == (409, "progress")


async def test_redelivering_takes_the_place_of_the_next_try(desk: Desk, listener: Listener) -> None:
    desk.set(reports_enroute=False)
    listener.statuses = [500]
    await sent(desk)
    await desk.control("POST", "/callbacks/callback-1/redeliver")
    await desk.clock.advance(timedelta(days=3))
    assert len(listener.heard) == 2


async def test_a_held_callback_may_be_dropped_or_delivered(desk: Desk, listener: Listener) -> None:
    await turn(desk, holds=True)
    await sent(desk)
    await desk.control("POST", "/callbacks/callback-1/drop")
    await desk.control("POST", "/callbacks/callback-2/redeliver")
    assert listener.values == ["DELIVERED"]
    assert (await desk.control("GET", "/callbacks/valve")).json()["held"] == []


async def test_tries_may_come_sooner_than_documented(desk: Desk, listener: Listener) -> None:
    desk.set(retry_scale="0.1", reports_enroute=False, jitter=0)
    listener.statuses = [500]
    await desk.send()
    await desk.clock.advance(timedelta(seconds=6, milliseconds=1))
    assert listener.values == ["DELIVERED", "DELIVERED"]


async def test_the_ledger_has_the_whole_exchange(desk: Desk) -> None:
    message = await desk.send()
    await desk.clock.advance(timedelta(seconds=1))
    (line,) = await ledger(desk)
    assert line["body"]["messageId"] == message["messageId"]
    assert line["attempts"][0] == {
        "number": 1,
        "at": "2026-11-23T09:00:00.200000+00:00",
        "latencySeconds": 0.0,
        "status": 200,
        "failure": None,
        "detail": "seen",
        "nextDue": None,
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/valve", {"drops": -1}),
        ("/valve", {"holds": 1}),
        ("/valve", {"duplicates": True}),
        ("/release", {"order": ["callback-9"]}),
        ("/release", {"order": "random"}),
        ("/release", {"order": 3}),
    ],
)
async def test_a_wrong_turn_is_refused(desk: Desk, path: str, body: object) -> None:
    method = "PATCH" if path == "/valve" else "POST"
    refusal = await desk.control(method, f"/callbacks{path}", body)
    assert refusal.status_code == 400
    assert not refusal.json()["message"].endswith(": ")
