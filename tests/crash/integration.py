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

_LONG = 60
"""Seconds that a connection may rest: on a busy machine, a step takes longer than the usual five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deathbed:
    """Where a process dies.

    Args:
        commit: At which commit since its start, from 1; 0 lives on.
        before: Whether before the commit or after it.
    """

    commit: int
    before: bool


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
    database.observe(
        before=_die_at(deathbed.commit if deathbed.before else 0),
        after=_die_at(0 if deathbed.before else deathbed.commit),
    )
    async with httpx.AsyncClient(transport=loopback()) as http, asyncio.TaskGroup() as group:
        core = build(settings, clock=SystemClock(), ids=SystemIds(), http=http, database=database)
        group.create_task(core.queue.run(core.handle, concurrency=4))
        config = uvicorn.Config(core.app, log_config=None, lifespan="off", timeout_keep_alive=_LONG)
        await uvicorn.Server(config).serve(sockets=[listener])


def _die_at(commit: int) -> Callable[[], None]:
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == commit:
            os.kill(os.getpid(), signal.SIGKILL)

    return count
