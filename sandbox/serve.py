"""Serving a world: four servers, its clock and its worker on one event loop, until a signal."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from socket import socket

import orjson

from core.logs import LogForm, LogLevel, configure
from fakes.kit.serving import Server, new_runner
from sandbox.addresses import on_ports
from sandbox.cli import Options
from sandbox.greeting import greet
from sandbox.live import LiveWorld
from sandbox.sockets import ports_of

GRACE = 1
"""Seconds that work under way is given at the end."""


def serve(options: Options, sockets: Sequence[socket]) -> None:
    """Serve a world on bound sockets until SIGINT or SIGTERM.

    What the integration warns of is told on standard error, with its account and its reason.

    Raises:
        FurnishingError: A party refused its furniture; it comes in an exception group.
    """
    configure(LogForm.TEXT, LogLevel.WARNING)
    with new_runner() as runner:
        runner.run(_serve(options, sockets))


async def _serve(options: Options, sockets: Sequence[socket]) -> None:
    async with _world(options, sockets) as world:
        servers = [Server(app) for app in world.apps()]
        stopping = _stop_on_signals()
        async with asyncio.TaskGroup() as group:
            for server, bound in zip(servers, sockets, strict=True):
                group.create_task(server.serve([bound]))
            lives = [
                group.create_task(world.keep_time()),
                group.create_task(world.work()),
                group.create_task(_open(world, servers, options)),
            ]
            await stopping.wait()
            # Work ends while there is still somebody to answer it.
            for life in lives:
                life.cancel()
            await asyncio.wait(lives, timeout=GRACE)
            for server in servers:
                server.should_exit = True


async def _open(world: LiveWorld, servers: Sequence[Server], options: Options) -> None:
    """Furnish the world once everybody listens, and tell who waits for it."""
    for server in servers:
        await server.is_listening.wait()
    if not options.is_empty:
        await world.furnish()
    world.is_ready = True
    # What a start leaves behind stays for good: no collection need look at it.
    gc.freeze()
    gc.enable()
    sys.stdout.write(_announcement(world, options))
    sys.stdout.flush()


def _announcement(world: LiveWorld, options: Options) -> str:
    identities = world.parties.identities
    if options.as_json:
        return orjson.dumps(identities.ready_line(world.addresses)).decode() + "\n"
    return greet(
        options.language,
        world.addresses,
        identities,
        seed=options.seed,
        rate=options.rate,
        contact_id=world.furniture.contact_ids[0] if world.furniture else None,
    )


@asynccontextmanager
async def _world(options: Options, sockets: Sequence[socket]) -> AsyncIterator[LiveWorld]:
    world = LiveWorld(
        seed=options.seed,
        rate=options.rate,
        addresses=on_ports(**ports_of(sockets)),
        quiet_hours=options.quiet_hours,
        language=options.language,
    )
    try:
        yield world
    finally:
        await world.close()


def _stop_on_signals() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    return stopping
