"""The fake smsmode: what a send costs over sockets, and what time costs on the virtual clock."""

import asyncio
import gc
import statistics
import time
from datetime import timedelta
from itertools import repeat

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
from tests.bench.pressing import press, serving
from tests.bench.smsmode_server import BODY, furnished

MESSAGES, BATCH = 1_000_000, 1000
TENTH = MESSAGES // BATCH // 10
EXPIRES = "33600000101"


def figures() -> list[tuple[str, str]]:
    """Return the costs as (what, how much)."""
    with serving("tests.bench.smsmode_server") as told:
        request = _request(told["key"])
        sends = uvloop.run(press(told["ports"], lambda: repeat(request)))
    first, growth = _million()
    return [
        *sends.figures("a bare Starlette POST", "POST /sms/v1/messages"),
        ("26 hours of an expiring message (goal: under 50 ms)", f"{_expiry() * 1000:.1f} ms"),
        (f"a message of {MESSAGES:,}, first tenth, median", f"{first * 1e6:.0f} µs"),
        ("… last tenth against the first (goal: within 20 %)", f"{growth:+.0%}"),
    ]


def _request(key: str) -> bytes:
    return (
        f"POST /sms/v1/messages HTTP/1.1\r\nHost: rest.smsmode.com\r\nX-Api-Key: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    ).encode() + BODY


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


class _Carrier:
    """A smsmode of its own, which carries batch after batch and tells what each cost."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._clock = VirtualClock()
        self._smsmode, _ = furnished(http, self._clock, _Forgetful(self._clock.now))
        (self._channel,) = self._smsmode.state.channels.values()
        self._sent = 0

    async def carry(self) -> float:
        """Plan and deliver a batch; return the processor's seconds for each message."""
        orders = range(self._sent, self._sent + BATCH)
        begun = time.process_time()
        accepted = [accept(self._smsmode.party, self._channel, _order(n))[0] for n in orders]
        await self._clock.advance(timedelta(seconds=6))
        took = time.process_time() - begun
        self._sent += BATCH
        delivered = self._smsmode.state.traffic.archive.get(accepted[-1].message_id)
        if delivered is None or delivered.value != "DELIVERED":
            msg = f"message {self._sent} was not delivered"
            raise RuntimeError(msg)
        return took / BATCH


def _million() -> tuple[float, float]:
    """Return what a message of the first tenth costs, and by what share one of the last costs more."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    pairs = asyncio.run(_carry_many())
    gc.set_threshold(*usual)
    gc.unfreeze()
    first = statistics.median(young for young, _ in pairs)
    return first, statistics.median(old / young for young, old in pairs) - 1


async def _carry_many() -> list[tuple[float, float]]:
    # Machines change their pace within the half minute that a million takes. So the first tenth
    # is carried again, by a smsmode that is new, in turns with the last tenth of one that is full.
    async with httpx.AsyncClient() as http:
        full = _Carrier(http)
        for _ in range(9 * TENTH):
            await full.carry()
        new = _Carrier(http)
        return [(await new.carry(), await full.carry()) for _ in range(TENTH)]


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
