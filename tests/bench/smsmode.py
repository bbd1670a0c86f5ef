"""The fake smsmode: what a send costs over sockets, and what time costs on the virtual clock."""

import asyncio
import gc
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from typing import cast

import httpx
import orjson
import uvloop

from fakes.kit.clock import VirtualClock
from fakes.kit.journal import Journal
from fakes.kit.serving import COLLECTED_AFTER
from fakes.smsmode.acceptance import accept
from fakes.smsmode.codes import Encoding
from fakes.smsmode.message import Order
from fakes.smsmode.orders import read_order
from tests.bench.smsmode_server import BODY, furnished

SLICES, SLICE = 15, 0.25
CONNECTIONS = 16
MESSAGES, BATCH = 1_000_000, 1000
EXPIRES = "33600000101"


def figures() -> list[tuple[str, str]]:
    """Return the costs as (what, how much)."""
    bare, ours, share = _over_sockets()
    first, last = _million()
    return [
        ("a bare Starlette POST over sockets, median", f"{bare:.0f}/s"),
        ("POST /sms/v1/messages, journal on, median", f"{ours:.0f}/s"),
        ("… as a share of the bare one (goal: 60 %)", f"{share:.0%}"),
        ("26 hours of an expiring message (goal: under 50 ms)", f"{_expiry() * 1000:.1f} ms"),
        (f"a message of {MESSAGES:,}, first tenth", f"{first * 1e6:.0f} µs"),
        ("… last tenth against the first (goal: within 20 %)", f"{last / first - 1:+.0%}"),
    ]


class _Client(asyncio.Protocol):
    """Posts the same bytes over one connection, again as soon as it is answered."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._read = b""
        self.answers = 0
        self.wrong = 0
        self.is_over = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        if not end or len(body) < int(head.lower().partition(b"content-length: ")[2].split()[0]):
            return
        self.answers += 1
        self.wrong += not head.startswith(b"HTTP/1.1 201")
        self._read = b""
        if self.is_over:
            self._transport.close()
        else:
            self._transport.write(self._request)


def _over_sockets() -> tuple[float, float, float]:
    command = [sys.executable, "-m", "tests.bench.smsmode_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:  # noqa: S603 - our own module
        assert server.stdout is not None
        ready = orjson.loads(server.stdout.readline())
        rates = uvloop.run(_alternate(ready["ports"], ready["key"]))
        server.communicate()
    bare, ours = rates
    # Machines slow down for seconds at a time: only neighbours are compared.
    share = statistics.median(b / a for a, b in zip(bare, ours, strict=True))
    return statistics.median(bare), statistics.median(ours), share


async def _alternate(ports: list[int], key: str) -> tuple[list[float], list[float]]:
    request = (
        b"POST /sms/v1/messages HTTP/1.1\r\nHost: rest.smsmode.com\r\nX-Api-Key: "
        + key.encode()
        + b"\r\nContent-Type: application/json\r\nContent-Length: "
        + str(len(BODY)).encode()
        + b"\r\n\r\n"
        + BODY
    )
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(SLICES):
        for port, found in zip(ports, rates, strict=True):
            found.append(await _press(port, request))
    return rates


async def _press(port: int, request: bytes) -> float:
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    clients = [
        (await loop.create_connection(lambda: _Client(request), "127.0.0.1", port))[1]
        for _ in range(CONNECTIONS)
    ]
    await asyncio.sleep(SLICE)  # noqa: TID251 - a measurement lasts
    took = time.perf_counter() - begun
    made = sum(client.answers for client in clients)
    for client in clients:
        client.is_over = True
    await asyncio.sleep(SLICE / 10)  # noqa: TID251 - the last answers come
    if any(client.wrong for client in clients):
        msg = "an answer was not a 201: the figures would be of something else"
        raise RuntimeError(msg)
    return made / took


def _expiry() -> float:
    return statistics.median(asyncio.run(_pass_a_day()) for _ in range(5))


async def _pass_a_day() -> float:
    clock = VirtualClock()
    journal = Journal(clock.now)
    heard: list[str] = []

    def listen(request: httpx.Request) -> httpx.Response:
        heard.append(orjson.loads(request.content)["status"]["value"])
        return httpx.Response(200)

    async with httpx.AsyncClient(transport=httpx.MockTransport(listen)) as http:
        smsmode, _ = furnished(http, clock, journal)
        (channel,) = smsmode.state.channels.values()
        request = {
            "recipient": {"to": EXPIRES},
            "body": {"text": "Bonjour"},
            "callbackUrlStatus": "https://app.example/status",
        }
        accept(smsmode.party, channel, read_order(request, clock.now(), smsmode.settings))
        begun = time.perf_counter()
        await clock.advance(timedelta(hours=26))
        took = time.perf_counter() - begun
    if heard != ["ENROUTE", "UNDELIVERED"]:
        msg = f"the app heard {heard}"
        raise RuntimeError(msg)
    return took


class _Forgetful(Journal):
    """Counts entries and keeps none: a million of them are another measurement."""

    def write(self, party: str, kind: str, data: object) -> None:
        del party, kind, data


def _million() -> tuple[float, float]:
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    costs = asyncio.run(_carry_many(MESSAGES // BATCH))
    gc.set_threshold(*usual)
    gc.unfreeze()
    tenth = len(costs) // 10
    return statistics.median(costs[:tenth]) / BATCH, statistics.median(costs[-tenth:]) / BATCH


async def _carry_many(batches: int) -> list[float]:
    clock = VirtualClock()
    costs = []
    async with httpx.AsyncClient() as http:
        smsmode, _ = furnished(http, clock, _Forgetful(clock.now))
        (channel,) = smsmode.state.channels.values()
        for batch in range(batches):
            begun = time.process_time()
            for number in range(BATCH):
                accept(smsmode.party, channel, _order(batch * BATCH + number))
            await clock.advance(timedelta(seconds=6))
            costs.append(time.process_time() - begun)
        delivered = smsmode.state.traffic.archive.get(next(iter(smsmode.state.traffic.billed)))
    if delivered is None or delivered.value != "DELIVERED":
        msg = "the first message was not delivered"
        raise RuntimeError(msg)
    return costs


def _order(number: int) -> Order:
    return Order(
        to=f"336{number % 100_000_000:08}",
        text="Bonjour, votre commande est prête",
        encoding=Encoding.GSM7,
        stop=True,
        sender=None,
        sent_date=None,
        ref_client=f"order-{number}",
        callback_status=None,
        callback_mo=None,
    )
