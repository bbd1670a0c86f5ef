"""Callbacks: where each is sent, what it says, when it is tried again, and its signature."""

import hashlib
import hmac
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.fakes.smsmode.conftest import APP, Desk, Listener

SCHEDULE = [30, 120, 600, 3600, 18000, 86400]


async def ledger(desk: Desk) -> list[dict[str, Any]]:
    return list((await desk.control("GET", "/callbacks")).json()["callbacks"])


async def test_the_messages_own_address_wins_over_the_channels(
    desk: Desk, listener: Listener
) -> None:
    await desk.send(callbackUrlStatus=f"{APP}/own")
    await desk.clock.advance(timedelta(seconds=1))
    assert [str(r.url) for r in listener.heard] == [f"{APP}/own"]


async def test_a_report_is_the_whole_message(desk: Desk, listener: Listener) -> None:
    message = await desk.send(refClient="order-42")
    await desk.clock.advance(timedelta(seconds=5))
    body = listener.bodies[-1]
    assert listener.heard[-1].headers["content-type"] == "application/json"
    assert {**body, "status": None} == {**message, "status": None}


async def test_a_failed_callback_is_tried_again_on_the_documented_schedule(
    desk: Desk, listener: Listener
) -> None:
    desk.set(reports_enroute=False)
    listener.statuses = [500] * 99
    await desk.send()
    await desk.clock.advance(timedelta(days=3))
    (line,) = await ledger(desk)
    moments = [datetime.fromisoformat(a["at"]) for a in line["attempts"]]
    gaps = [(b - a).total_seconds() for a, b in pairwise(moments)]
    assert gaps == SCHEDULE
    assert line["progress"] == "dropped"
    assert len({request.content for request in listener.heard}) == 1


async def test_a_2xx_ends_the_tries(desk: Desk, listener: Listener) -> None:
    desk.set(reports_enroute=False)
    listener.statuses = [404, 429, 204]
    await desk.send()
    await desk.clock.advance(timedelta(days=3))
    (line,) = await ledger(desk)
    assert [a["status"] for a in line["attempts"]] == [404, 429, 204]
    assert (line["progress"], line["nextDue"]) == ("answered", None)


async def test_the_ledger_says_when_the_next_try_is_due(desk: Desk, listener: Listener) -> None:
    desk.set(reports_enroute=False, jitter=0)
    listener.statuses = [500]
    await desk.send()
    await desk.clock.advance(timedelta(seconds=3))
    (line,) = await ledger(desk)
    assert (line["progress"], line["nextDue"]) == ("waiting", "2026-11-23T09:00:33+00:00")
    assert line["attempts"][0]["detail"] == "seen"


async def test_a_callback_may_be_delivered_again_by_hand(desk: Desk, listener: Listener) -> None:
    desk.set(reports_enroute=False)
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    (line,) = await ledger(desk)
    await desk.control("POST", f"/callbacks/{line['callbackId']}/redeliver")
    assert listener.values == ["DELIVERED", "DELIVERED"]


async def test_a_secret_signs_the_exact_bytes(desk: Desk, listener: Listener) -> None:
    desk.set(callback_secret="s3cret")  # noqa: S106 - a made-up secret
    await desk.send()
    await desk.clock.advance(timedelta(seconds=1))
    (heard,) = listener.heard
    expected = hmac.new(b"s3cret", heard.content, hashlib.sha256).hexdigest()
    assert heard.headers["x-smsmode-256"] == expected


async def test_without_a_secret_nothing_is_signed(desk: Desk, listener: Listener) -> None:
    await desk.send()
    await desk.clock.advance(timedelta(seconds=1))
    assert "x-smsmode-256" not in listener.heard[0].headers


async def test_bare_reports_leave_three_fields_out(desk: Desk, listener: Listener) -> None:
    desk.set(bare_reports=True)
    await desk.send()
    await desk.clock.advance(timedelta(seconds=1))
    assert listener.bodies[0].keys().isdisjoint({"direction", "acceptedAt", "sentDate"})


async def test_a_reset_forgets_what_was_promised(desk: Desk, listener: Listener) -> None:
    await desk.send()
    await desk.control("POST", "/reset")
    await desk.clock.advance(timedelta(days=1))
    assert listener.heard == []


async def test_a_try_by_hand_spends_no_retry_and_moves_no_date(
    desk: Desk, listener: Listener
) -> None:
    desk.set(reports_enroute=False, jitter=0)
    listener.statuses = [500] * 9
    await desk.send()
    await desk.clock.advance(timedelta(seconds=10))
    (before,) = await ledger(desk)
    again = await desk.control("POST", f"/callbacks/{before['callbackId']}/redeliver")
    assert (again.json()["progress"], again.json()["nextDue"]) == ("waiting", before["nextDue"])
    await desk.clock.advance(timedelta(days=3))
    (line,) = await ledger(desk)
    moments = [datetime.fromisoformat(a["at"]) for i, a in enumerate(line["attempts"]) if i != 1]
    assert [(b - a).total_seconds() for a, b in pairwise(moments)] == SCHEDULE
    assert line["progress"] == "dropped"
    assert [a["number"] for a in line["attempts"]] == [*range(1, 9)]


async def test_a_try_by_hand_that_is_answered_calls_the_next_off(
    desk: Desk, listener: Listener
) -> None:
    desk.set(reports_enroute=False)
    listener.statuses = [500]
    await desk.send()
    await desk.clock.advance(timedelta(seconds=10))
    (line,) = await ledger(desk)
    await desk.control("POST", f"/callbacks/{line['callbackId']}/redeliver")
    await desk.clock.advance(timedelta(days=3))
    (line,) = await ledger(desk)
    assert (line["progress"], line["nextDue"], len(line["attempts"])) == ("answered", None, 2)


async def test_callbacks_name_smsmode_and_no_library(desk: Desk, listener: Listener) -> None:
    await desk.send()
    await desk.clock.advance(timedelta(seconds=1))
    assert listener.heard[0].headers["user-agent"] == "smsmode"
