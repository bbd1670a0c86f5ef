"""The sandbox's own routes."""

from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from fakes.kit.clock import EPOCH, VirtualClock
from fakes.kit.journal import Journal
from sandbox.controls import Controls, refuse
from sandbox.feed import Feed
from tests.sandbox.hurried import HurriedClock


class Sandbox:
    """The routes over a clock and a journal of their own."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.journal = Journal(self.clock.now)
        self.is_ready = False
        feed, time = Feed(self.journal), HurriedClock(self.clock)
        controls = Controls(feed, time, lambda: self.is_ready, {"operator_token": "open"})
        app = Starlette(routes=controls.routes(), exception_handlers={HTTPException: refuse})
        transport = httpx.ASGITransport(app)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://sandbox.example")

    async def move(self, **asked: Any) -> httpx.Response:
        return await self.http.post("/_sandbox/clock", json=asked)


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox()


async def test_it_is_not_ready_before_everything_is(sandbox: Sandbox) -> None:
    assert (await sandbox.http.get("/_sandbox/ready")).status_code == 503
    sandbox.is_ready = True
    answer = await sandbox.http.get("/_sandbox/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


async def test_it_says_who_is_who(sandbox: Sandbox) -> None:
    answer = await sandbox.http.get("/_sandbox/identities")
    assert answer.json() == {"operator_token": "open"}


async def test_the_journal_is_read_from_where_one_stopped(sandbox: Sandbox) -> None:
    for name in ("one", "two", "three"):
        sandbox.journal.event("sandbox", "thing.happened", name=name)
    answer = (await sandbox.http.get("/_sandbox/journal?after=1")).json()
    assert [entry["name"] for entry in answer["entries"]] == ["two", "three"]
    assert answer["last"] == 3
    assert answer["entries"][0]["causes"] == []


async def test_the_journal_comes_one_entry_a_line_when_asked(sandbox: Sandbox) -> None:
    sandbox.journal.event("sandbox", "thing.happened")
    sandbox.journal.event("sandbox", "thing.happened")
    answer = await sandbox.http.get("/_sandbox/journal", headers={"accept": "application/x-ndjson"})
    assert [orjson.loads(line)["seq"] for line in answer.content.splitlines()] == [1, 2]


async def test_the_clock_says_what_is_to_come(sandbox: Sandbox) -> None:
    async def nothing() -> None: ...

    sandbox.clock.after(timedelta(seconds=5), nothing, label="ring")
    answer = (await sandbox.http.get("/_sandbox/clock")).json()
    assert answer["now"] == EPOCH.isoformat()
    assert answer["promised"] == [
        {"due": (EPOCH + timedelta(seconds=5)).isoformat(), "label": "ring"}
    ]


async def test_the_clock_is_paused_and_moved(sandbox: Sandbox) -> None:
    assert (await sandbox.move(rate=0)).json()["rate"] == 0
    moved = (await sandbox.move(advance_seconds=90)).json()
    assert moved["now"] == (EPOCH + timedelta(seconds=90)).isoformat()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"speed":2}',
        b'{"rate":-1}',
        b'{"rate":"2"}',
        b'{"rate":true}',
        b'{"advance_seconds":1e12}',
    ],
)
async def test_a_move_that_makes_no_sense_is_refused(sandbox: Sandbox, body: bytes) -> None:
    answer = await sandbox.http.post("/_sandbox/clock", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"] == "refused"
    assert sandbox.clock.now() == EPOCH


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?kind=a", "'kind'"),
        ("?limit=abc", "'abc'"),
        ("?limit=0", "from 1 to 10000"),
        ("?limit=10001", "from 1 to 10000"),
    ],
)
async def test_the_journal_refuses_what_it_does_not_take(
    sandbox: Sandbox, query: str, said: str
) -> None:
    answer = await sandbox.http.get(f"/_sandbox/journal{query}")
    assert answer.status_code == 400
    assert said in answer.json()["message"]


async def test_the_journal_is_read_page_by_page(sandbox: Sandbox) -> None:
    for _ in range(5):
        sandbox.journal.event("sandbox", "thing.happened")
    read, last = [], 0
    for _ in range(4):
        page = (await sandbox.http.get(f"/_sandbox/journal?after={last}&limit=2")).json()
        read += [entry["seq"] for entry in page["entries"]]
        last = page["last"]
    assert (read, last) == ([1, 2, 3, 4, 5], 5)


async def test_its_routes_are_listed_and_another_is_refused_in_json(sandbox: Sandbox) -> None:
    listed = (await sandbox.http.get("/_sandbox")).json()["results"]
    routes = [line["route"].split() for line in listed]
    for method, path in routes:
        answer = await sandbox.http.request(method, path)
        assert answer.status_code not in {404, 405}, path
    for method, path in (("GET", "/_sandbox/"), ("POST", "/_sandbox/nothing")):
        answer = await sandbox.http.request(method, path)
        assert answer.status_code == 404
        assert "GET /_sandbox lists" in answer.json()["message"]


@pytest.mark.parametrize("after", ["x", "-1", "9" * 5000])
async def test_after_must_be_a_number(sandbox: Sandbox, after: str) -> None:
    answer = await sandbox.http.get(f"/_sandbox/journal?after={after}")
    assert answer.status_code == 400
    assert f"'{after}'" in answer.json()["message"]
