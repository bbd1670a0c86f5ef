"""The integration as a process of its own that kills itself at a chosen commit."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import uvicorn

from core.bootstrap import build, open_database
from core.clients.system import SystemClock, SystemIds
from core.logs import LogForm, LogLevel, configure
from core.queue import dispatch
from core.settings import Settings
from sandbox.live import loopback

COUNT = signal.SIGUSR1
"""Has a process count its commits from now on."""
_LONG = 60
"""Seconds that a connection may rest: on a busy machine, a step takes longer than the usual five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deathbed:
    """Where a process dies.

    Args:
        commit: At which of the commits that it counts, from 1; 0 lives on.
        before: Whether before the commit or after it.
        is_counting: Whether it counts from its start on; otherwise, from ``COUNT`` on.
    """

    commit: int
    before: bool
    is_counting: bool = True


def serve(
    settings: Settings, listener: socket.socket, deathbed: Deathbed, *, is_hurried: bool
) -> None:
    """Serve the integration on ``listener`` until killed.

    Hurried workers give signs of life, and are missed, some times as fast as in production.
    """
    if is_hurried:
        dispatch.HEARTBEAT, dispatch.STALLED, dispatch.SWEEP = 0.3, 2.0, 0.5
        dispatch.POLL = 0.1
    configure(LogForm.TEXT, LogLevel.WARNING)
    asyncio.run(_serve(settings, listener, deathbed))


async def _serve(settings: Settings, listener: socket.socket, deathbed: Deathbed) -> None:
    database = open_database(settings)
    die = _die_at(deathbed)
    database.observe(
        before=die if deathbed.before else _live_on, after=_live_on if deathbed.before else die
    )
    async with httpx.AsyncClient(transport=loopback()) as http, asyncio.TaskGroup() as group:
        core = build(settings, clock=SystemClock(), ids=SystemIds(), http=http, database=database)
        group.create_task(core.queue.run(core.handle, concurrency=4))
        config = uvicorn.Config(core.app, log_config=None, lifespan="off", timeout_keep_alive=_LONG)
        await uvicorn.Server(config).serve(sockets=[listener])


def _die_at(deathbed: Deathbed) -> Callable[[], None]:
    seen, is_counting = 0, deathbed.is_counting

    def begin(*_: object) -> None:
        nonlocal is_counting
        is_counting = True

    def count() -> None:
        nonlocal seen
        seen += is_counting
        if seen == deathbed.commit > 0:
            os.kill(os.getpid(), signal.SIGKILL)

    signal.signal(COUNT, begin)
    return count


def _live_on() -> None:
    pass
