"""Serving one smsmode by itself: an account, three keys, live time, until a signal."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

import httpx
import orjson
import uvicorn

from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.live import LiveClock
from fakes.kit.outbound import Outbound, loopback_only
from fakes.kit.recorder import Recorder
from fakes.kit.serving import COLLECTED_AFTER
from fakes.smsmode.app import Smsmode
from fakes.smsmode.cli import Options
from fakes.smsmode.codes import Flow, Role
from fakes.smsmode.settings import Settings

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

_GRACE = 1
_BALANCE = Decimal("100.00")


class _Server(uvicorn.Server):
    """A server that leaves signals to us, and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # What outlasts the grace is cut off, which is no failure to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def serve(options: Options, bound: socket.socket) -> None:
    """Serve a smsmode on a bound socket until SIGINT or SIGTERM."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_serve(options, bound))


async def _serve(options: Options, bound: socket.socket) -> None:
    address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    clock = LiveClock()
    journal = Journal(clock.now)
    async with httpx.AsyncClient() as http:
        smsmode = Smsmode(
            scheduler=clock,
            ids=SeededIds(options.seed, "smsmode"),
            journal=journal,
            outbound=Outbound(http, loopback_only),
            settings=Settings(base_url=address),
        )
        keys = _settle(smsmode)
        server = _Server(_config(Recorder(smsmode.app, journal, "smsmode")))
        stopping = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            serving = group.create_task(server.serve([bound]))
            living = group.create_task(clock.run())
            await server.is_listening.wait()
            # What is kept is kept for good: looking through it often would be for nothing.
            gc.freeze()
            gc.set_threshold(*COLLECTED_AFTER)
            sys.stdout.write(_greeting(options, address, keys))
            sys.stdout.flush()
            await stopping.wait()
            server.should_exit = True
            await asyncio.wait([serving])
            living.cancel()


def _settle(smsmode: Smsmode) -> Mapping[str, str]:
    organisation = smsmode.add_organisation("Salon Démo", balance=_BALANCE).organisation_id
    marketing = smsmode.add_channel(organisation, "Marketing", Flow.MARKETING).channel_id
    notification = smsmode.add_channel(organisation, "Notification", Flow.TRANSACTIONAL).channel_id
    return {
        "marketing": smsmode.add_key(marketing, "Marketing").value,
        "notification": smsmode.add_key(notification, "Notification").value,
        "admin": smsmode.add_key(marketing, "Admin", roles=(Role.ADMIN,)).value,
    }


def _config(app: Recorder) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
    )


def _greeting(options: Options, address: str, keys: Mapping[str, str]) -> str:
    if options.as_json:
        line = {"api": address, "ui": address, "api_keys": keys, "seed": options.seed}
        return orjson.dumps(line).decode() + "\n"
    shown = "\n".join(f"  {name:13} {value}" for name, value in keys.items())
    return (
        f"smsmode answers at {address} (Ctrl-C stops it).\n\n"
        f"X-Api-Key:\n{shown}\n\n"
        f"Sign up:        {address}/register\n"
        f"Phones:         {address}/_control/smsmode/phones\n"
        f"Fidelity:       {address}/_control/smsmode/fidelity/page\n"
        "Magic numbers:  python -m fakes.smsmode magic-numbers\n"
    )
