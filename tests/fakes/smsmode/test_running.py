"""What a smsmode that stands alone says of itself: its routes, its journal, its clock."""

import html
import re
import shlex
from typing import Any

import httpx
import pytest

from fakes.smsmode.control import PREFIX
from fakes.smsmode.table import TABLE
from tests.fakes.smsmode.conftest import Desk


async def test_moving_the_clock_hurries_what_takes_a_day(desk: Desk) -> None:
    sent = await desk.send(to="33600000101")
    moved = await desk.control("POST", "/clock", {"advance_seconds": 26 * 3600})
    assert moved.json() == (await desk.control("GET", "/clock")).json()
    assert moved.json()["now"] == "2026-11-24T11:00:00+00:00"
    await desk.clock.run_due()
    read = await desk.call("GET", f"/sms/v1/messages/{sent['messageId']}")
    assert read.json()["status"]["value"] == "UNDELIVERED"
    assert desk.listener.values[-1] == "UNDELIVERED"


@pytest.mark.parametrize(
    "body",
    [{}, {"advance_seconds": -1}, {"advance_seconds": "1"}, {"advance_seconds": True}, {"by": 3}],
)
async def test_a_clock_asked_wrongly_says_what_it_takes(desk: Desk, body: object) -> None:
    refusal = await desk.control("POST", "/clock", body)
    assert refusal.status_code == 400
    assert '{"advance_seconds": N}' in refusal.json()["message"]


async def test_a_clock_kept_elsewhere_is_not_moved(desk: Desk) -> None:
    desk.smsmode.party.skip = None
    assert (await desk.control("POST", "/clock", {"advance_seconds": 1})).status_code == 409


async def test_the_journal_is_read_page_by_page_both_ways(desk: Desk) -> None:
    for number in range(3):
        await desk.send(text=f"Bonjour {number}")
    await desk.control("POST", "/clock", {"advance_seconds": 10})
    await desk.clock.run_due()
    whole = await _pages(desk, "limit=1000")
    assert {"message.accepted", "callback.attempted"} <= {entry["kind"] for entry in whole}
    assert await _pages(desk, "limit=2") == whole
    assert await _pages(desk, "limit=2&order=newest-first") == whole[::-1]
    told = [entry for entry in whole if entry["kind"].startswith("callback.")]
    assert await _pages(desk, "limit=1&kind=callback.") == told


@pytest.mark.parametrize("query", ["since=3", "order=latest", "limit=0", "limit=x", "after=-1"])
async def test_a_wrong_question_to_the_journal_names_what_it_takes(desk: Desk, query: str) -> None:
    refusal = await desk.control("GET", f"/journal?{query}")
    assert refusal.status_code == 400
    assert query.partition("=")[0] in refusal.json()["message"]


async def test_every_control_route_is_listed_with_what_it_takes(desk: Desk) -> None:
    listed = {r["route"]: r["takes"] for r in (await desk.control("GET", "")).json()["results"]}
    ours = [route for route in TABLE.routes if route.path.startswith(PREFIX)]
    assert list(listed) == [f"{route.method} {route.path}" for route in ours]
    assert "holds" in listed[f"PATCH {PREFIX}/callbacks/valve"]
    assert "advance_seconds" in listed[f"POST {PREFIX}/clock"]
    read = {name for name, takes in listed.items() if takes.startswith("{")}
    for name in listed.keys() - read:
        method, path = name.split(" ")
        if method in {"POST", "PATCH"}:
            assert path.endswith(("/reset", "/redeliver", "/duplicate", "/drop")), name


async def test_the_home_page_and_what_it_says_to_type_agree_with_the_routes(
    desk: Desk, visitor: httpx.AsyncClient
) -> None:
    shown = re.findall("<dd><code>(.*)</code></dd>", (await visitor.get("/?lang=en")).text)
    commands = [shlex.split(html.unescape(command)) for command in shown]
    await desk.send(to="33612345678")
    await desk.control("POST", "/clock", {"advance_seconds": 10})
    await desk.clock.run_due()
    for _, address, *options, body in commands:
        method = "PATCH" if "PATCH" in options else "POST"
        answer = await visitor.request(method, address, content=body)
        assert answer.is_success, answer.text
    assert len(commands) == 4


async def _pages(desk: Desk, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = (await desk.control("GET", f"/journal?{query}{after}")).json()
        found += page["results"]
        if "paging" not in page:
            return found
        after = f"&after={page['paging']['next']['after']}"
