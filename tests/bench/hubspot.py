"""The fake HubSpot: requests over sockets beside a bare route, searches and memory as it fills."""

import asyncio
import resource
import statistics
import time
from collections.abc import Iterator
from itertools import count, repeat
from pathlib import Path

import httpx
import orjson
import uvloop

from fakes.hubspot.app import HubSpot
from fakes.kit.clock import VirtualClock
from fakes.kit.inprocess import InProcessTransport
from fakes.kit.journal import Journal
from tests.bench.hubspot_server import CONTACTS, furnished, person
from tests.bench.pressing import press, serving

FEW, MANY = 1000, 100_000
SEARCHES = 300


def figures() -> list[tuple[str, str]]:
    """Return the costs as (what, how much)."""
    with serving("tests.bench.hubspot_server") as told:
        read = _request("GET", f"{CONTACTS}/{told['read']['id']}", told["token"])
        reads = uvloop.run(press(told["ports"], lambda: repeat(read)))
    # Another process, whose memory is not yet full of what was read.
    with serving("tests.bench.hubspot_server") as told:
        creates = uvloop.run(press(told["ports"], lambda: _creates(told["token"])))
    megabytes, few, many = _filled()
    return [
        *reads.figures("a bare Starlette GET", "GET a contact"),
        *creates.figures("a bare Starlette POST", "POST a contact"),
        (f"memory of {MANY:,} contacts (goal: at most 400 MB)", f"{megabytes:.0f} MB"),
        (f"a search by last name among {FEW:,}, median", f"{few * 1e6:.0f} µs"),
        (f"… among {MANY:,}, against it (goal: at most 2)", f"{many / few:.2f}"),
    ]


def _request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: api.hubapi.com\r\nAuthorization: Bearer {token}\r\n"
    return f"{head}{length}\r\n".encode() + body


def _creates(token: str) -> Iterator[bytes]:
    for number in count(1):
        body = orjson.dumps({"properties": person(number)})
        yield _request("POST", CONTACTS, token, body)


def _filled() -> tuple[float, float, float]:
    """Return megabytes of the many contacts, and seconds of a search among few and among many."""
    clock = VirtualClock()
    hubspot, portal, token = furnished(Journal(clock.now), clock)
    before = _resident()
    _fill(hubspot, portal, range(FEW))
    few = asyncio.run(_search(hubspot, token))
    _fill(hubspot, portal, range(FEW, MANY))
    megabytes = _resident() - before
    return megabytes, few, asyncio.run(_search(hubspot, token))


def _fill(hubspot: HubSpot, portal: int, numbers: range) -> None:
    for number in numbers:
        hubspot.add_contact(portal, person(number))


async def _search(hubspot: HubSpot, token: str) -> float:
    """Return the seconds of a search for somebody by name, which nothing makes unique."""
    asked = {"propertyName": "lastname", "operator": "EQ", "value": "Nom 500"}
    body = {"filterGroups": [{"filters": [asked]}], "properties": ["email", "phone"]}
    headers = {"Authorization": f"Bearer {token}"}
    costs = []
    transport = InProcessTransport(hubspot.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as http:
        for _ in range(SEARCHES):
            begun = time.perf_counter()
            answer = await http.post(f"{CONTACTS}/search", json=body, headers=headers)
            costs.append(time.perf_counter() - begun)
            if answer.json()["total"] != 1:
                msg = f"the search found {answer.text}"
                raise RuntimeError(msg)
    return statistics.median(costs)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6
