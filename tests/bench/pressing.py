"""Presses two servers over sockets, in turns, and tells what one makes as a share of the other."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

import orjson

SLICES, SLICE = 15, 0.25
CONNECTIONS = 32

Requests = Iterator[bytes]


class Rates(NamedTuple):
    """Requests a second.

    Args:
        bare: Of the bare app, median.
        ours: Of the fake, median.
        share: Of the second in the first, median of neighbours.
    """

    bare: float
    ours: float
    share: float

    def figures(self, bare: str, ours: str) -> list[tuple[str, str]]:
        """Return the three as (what, how much)."""
        return [
            (f"{bare} over sockets, median", f"{self.bare:.0f}/s"),
            (f"{ours}, journal on, median", f"{self.ours:.0f}/s"),
            ("… as a share of the bare one (goal: 60 %)", f"{self.share:.0%}"),
        ]


class _Client(asyncio.Protocol):
    """Sends the next request over one connection as soon as the last one is answered."""

    def __init__(self, requests: Requests) -> None:
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


@contextmanager
def serving(module: str) -> Iterator[dict[str, Any]]:
    """Run a module that serves both, and yield what it tells of itself; it ends with the block."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:  # noqa: S603 - our own module
        assert server.stdout is not None
        yield orjson.loads(server.stdout.readline())
        server.communicate()


async def press(ports: list[int], requests: Callable[[], Requests]) -> Rates:
    """Return what two servers make, slice by slice in turns.

    Raises:
        RuntimeError: An answer was not a 2xx.
    """
    made: tuple[list[float], list[float]] = ([], [])
    each = requests()
    for _ in range(SLICES):
        for port, found in zip(ports, made, strict=True):
            found.append(await _slice(port, each))
    bare, ours = made
    # Machines slow down for seconds at a time: only neighbours are compared.
    share = statistics.median(b / a for a, b in zip(bare, ours, strict=True))
    return Rates(statistics.median(bare), statistics.median(ours), share)


async def _slice(port: int, requests: Requests) -> float:
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
