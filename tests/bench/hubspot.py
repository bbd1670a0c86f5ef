"""The fake HubSpot: requests over sockets beside a bare route, searches and memory as it fills."""

import asyncio
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import cast

import httpx
import orjson
import uvloop

from fakes.hubspot.app import HubSpot
from fakes.kit.clock import VirtualClock
from fakes.kit.inprocess import InProcessTransport
from fakes.kit.journal import Journal
from tests.bench.hubspot_server import CONTACTS, furnished, person

SLICES, SLICE = 15, 0.25
CONNECTIONS = 32
FEW, MANY = 1000, 100_000
SEARCHES = 300

_Requests = Iterator[bytes]


def figures() -> list[tuple[str, str]]:
    """Return the costs as (what, how much)."""
    (bare_read, read), (bare_made, made) = _over_sockets()
    megabytes, few, many = _filled()
    return [
        ("a bare Starlette GET over sockets, median", f"{bare_read:.0f}/s"),
        ("GET a contact, journal on, median", f"{read:.0f}/s"),
        ("… as a share of the bare one (goal: 60 %)", f"{read / bare_read:.0%}"),
        ("a bare Starlette POST over sockets, median", f"{bare_made:.0f}/s"),
        ("POST a contact, journal on, median", f"{made:.0f}/s"),
        ("… as a share of the bare one (goal: 60 %)", f"{made / bare_made:.0%}"),
        (f"memory of {MANY:,} contacts (goal: at most 400 MB)", f"{megabytes:.0f} MB"),
        (f"a search by company among {FEW:,}, median", f"{few * 1e6:.0f} µs"),
        (f"… among {MANY:,}, against it (goal: at most 2)", f"{many / few:.2f}"),
    ]


class _Client(asyncio.Protocol):
    """Sends the next request over one connection as soon as the last one is answered."""

    def __init__(self, requests: _Requests) -> None:
        self._requests = requests
        self._read = b""
        self.answers = 0
        self.wrong = 0
        self.is_over = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        if not end or len(body) < int(head.lower().partition(b"content-length: ")[2].split()[0]):
            return
        self.answers += 1
        self.wrong += not head.startswith(b"HTTP/1.1 20")
        self._read = b""
        if self.is_over:
            self._transport.close()
        else:
            self._transport.write(next(self._requests))


def _over_sockets() -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the medians of (bare, fake), for reads and then for creates."""
    command = [sys.executable, "-m", "tests.bench.hubspot_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:  # noqa: S603 - our own module
        assert server.stdout is not None
        told = orjson.loads(server.stdout.readline())
        read = _request("GET", f"{CONTACTS}/{told['read']['id']}", told["token"])
        reads = uvloop.run(_alternate(told["ports"], _always(read)))
        creates = uvloop.run(_alternate(told["ports"], _creates(told["token"])))
        server.communicate()
    return reads, creates


def _request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: api.hubapi.com\r\nAuthorization: Bearer {token}\r\n"
    return f"{head}{length}\r\n".encode() + body


def _always(request: bytes) -> _Requests:
    while True:
        yield request


def _creates(token: str) -> _Requests:
    for number in count(1):
        body = orjson.dumps({"properties": person(number)})
        yield _request("POST", CONTACTS, token, body)


async def _alternate(ports: list[int], requests: _Requests) -> tuple[float, float]:
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(SLICES):
        for port, found in zip(ports, rates, strict=True):
            found.append(await _press(port, requests))
    return statistics.median(rates[0]), statistics.median(rates[1])


async def _press(port: int, requests: _Requests) -> float:
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    clients = [
        (await loop.create_connection(lambda: _Client(requests), "127.0.0.1", port))[1]
        for _ in range(CONNECTIONS)
    ]
    await asyncio.sleep(SLICE)  # noqa: TID251 - a measurement lasts
    took = time.perf_counter() - begun
    made = sum(client.answers for client in clients)
    for client in clients:
        client.is_over = True
    await asyncio.sleep(SLICE / 10)  # noqa: TID251 - the last answers come
    if any(client.wrong for client in clients):
        msg = "an answer was not a 2xx: the figures would be of something else"
        raise RuntimeError(msg)
    return made / took


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
