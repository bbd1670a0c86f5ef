"""Serving one fake by itself: a loopback port, its clock beside it, until a signal."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from fakes.kit.joining import JoiningProtocol
from fakes.kit.live import LiveClock

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

COLLECTED_AFTER = (2_000, 10_000, 10)
"""How a long-lived process collects garbage: see ``gc.set_threshold``.

What is young is looked through often, while it is at hand; what was kept once is nearly always
kept for good, and looking through it again costs more than all the rest of a request.
"""

_GRACE = 1


class Server(uvicorn.Server):
    """A server that leaves signals to the process, and says when it listens.

    Args:
        app: What it serves.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=JoiningProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        self.is_listening = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.is_listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; what outlasts the grace is cut off, which is no failure to report."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def new_runner() -> asyncio.Runner:
    """Return a runner with the fastest event loop of this system."""
    return asyncio.Runner(loop_factory=new_event_loop)


async def serve(
    app: ASGIApp, clock: LiveClock, bound: socket.socket, *, greet: Callable[[], str]
) -> None:
    """Serve ``app`` on a bound socket, its clock running, until SIGINT or SIGTERM.

    Args:
        app: What is served.
        clock: Its time.
        bound: Where; nothing listens on it yet.
        greet: What is written to standard output once it listens.
    """
    server, stopping = Server(app), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve([bound]))
        living = group.create_task(clock.run())
        await server.is_listening.wait()
        # What a start leaves behind stays for good: no collection need look at it.
        gc.freeze()
        gc.set_threshold(*COLLECTED_AFTER)
        sys.stdout.write(greet())
        sys.stdout.flush()
        await stopping.wait()
        server.should_exit = True
        await asyncio.wait([serving])
        living.cancel()
