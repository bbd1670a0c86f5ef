"""Sends that survive a crash: how many a second, on each database and with more processes.

The vendors answer at once and from within, so that what is measured is ours: rows, jobs and
commits. The baseline is a job that does nothing, from its promise to its end, in one process on
the same database.
"""

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from multiprocessing.synchronize import Event, Semaphore
from pathlib import Path

import httpx
from sqlalchemy import Connection

from core.bootstrap import Core, build, open_database
from core.clients.system import SystemClock, SystemIds
from core.domain.compose import SendType
from core.domain.gsm import Encoding
from core.domain.ids import CallbackId, ContactId, MessageId, PortalId, RefClient
from core.ports import Done, Handle, Outcome, Task
from core.services.sending import SEND
from core.settings import Settings
from core.stores import messages
from core.stores.messages import Message
from tests.bench.quick_vendors import QuickVendors
from tests.core.builders import PORTAL, SETTINGS, Harness
from tests.postgres import a_server

SENDS = 150
ROUNDS = 3
WORKERS = (1, 2, 4)
PATIENCE = 20.0
"""Seconds after which a round counts as lost."""


def figures() -> list[tuple[str, str]]:
    """Return the throughput of sending as (what, how much)."""
    found: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(SETTINGS, database=str(Path(folder) / "core.sqlite3"))
        asyncio.run(_install(settings))
        empty = _median(lambda: asyncio.run(_empty(settings)))
        sends = _median(lambda: asyncio.run(_send_here(settings)))
        found += _said("SQLite, one process", sends, empty)
    # As it is set up by default: what is committed survives a power cut.
    with a_server("") as server, server.database() as url:
        settings = replace(SETTINGS, database=url)
        asyncio.run(_install(settings))
        empty = _median(lambda: asyncio.run(_empty(settings)))
        for count in WORKERS:
            name = f"PostgreSQL, {count} process{'es' if count > 1 else ''}"
            found += _said(name, _send_in_processes(settings, count), empty)
    return found


def work(place: str, sent: Semaphore, ready: Semaphore, stop: Event) -> None:
    """Be one of several processes that send, until told to stop."""
    settings = replace(SETTINGS, database=place)

    async def live() -> None:
        async with _core(settings, sent.release) as core:
            working = asyncio.ensure_future(  # noqa: TID251 - this is live time
                core.queue.run(core.handle, concurrency=settings.concurrency)
            )
            ready.release()
            await asyncio.to_thread(stop.wait)
            working.cancel()
            await asyncio.wait([working])

    asyncio.run(live())


def _said(name: str, sends: float, empty: float) -> list[tuple[str, str]]:
    return [
        (f"{name}: sends a second", f"{sends:.0f}"),
        ("… beside jobs that do nothing in this run, in one process", f"{sends / empty:.2f}"),
    ]


def _median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(ROUNDS))


async def _install(settings: Settings) -> None:
    async with Harness(database=settings.database) as harness:
        await harness.install()
        await harness.link()


class _core:  # noqa: N801 - used as a function
    """A core on the database that the settings name, among vendors that answer at once."""

    def __init__(self, settings: Settings, on_sent: Callable[[], object]) -> None:
        self._database = open_database(settings)
        self._http = httpx.AsyncClient(transport=QuickVendors(on_sent))
        self._core = build(
            settings,
            clock=SystemClock(),
            ids=SystemIds(),
            http=self._http,
            database=self._database,
        )

    async def __aenter__(self) -> Core:
        return self._core

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()
        self._database.close()


async def _empty(settings: Settings) -> float:
    """Return how many jobs that do nothing are done in a second."""

    def promise(tx: Connection, core: Core) -> None:
        for number in range(SENDS):
            core.queue.enqueue(tx, "nothing", str(number), account=PORTAL)

    left, over = SENDS, asyncio.Event()

    async def handle(_: Task) -> Outcome:
        nonlocal left
        left -= 1
        if not left:
            over.set()
        return Done()

    async with _core(settings, lambda: None) as core:
        return await _run(core, handle, promise, over)


async def _send_here(settings: Settings) -> float:
    """Return how many SMS one process sends in a second."""
    left, over = SENDS, asyncio.Event()

    def count() -> None:
        nonlocal left
        left -= 1
        if not left:
            over.set()

    async with _core(settings, count) as core:
        return await _run(core, core.handle, _promise_sends, over)


async def _run(
    core: Core,
    handle: Handle,
    promise: Callable[[Connection, Core], None],
    over: asyncio.Event,
) -> float:
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        working = group.create_task(core.queue.run(handle, concurrency=16))
        begun = time.perf_counter()
        await core.database.run(lambda tx: promise(tx, core))
        await over.wait()
        passed = time.perf_counter() - begun
        working.cancel()
    return SENDS / passed


def _send_in_processes(settings: Settings, count: int) -> float:
    """Return how many SMS several processes on one database send in a second."""
    context = multiprocessing.get_context("spawn")
    sent, ready, stop = context.Semaphore(0), context.Semaphore(0), context.Event()
    given = (settings.database, sent, ready, stop)
    processes = [context.Process(target=work, args=given, daemon=True) for _ in range(count)]
    for process in processes:
        process.start()
    try:
        _take(ready, count)
        return _median(lambda: asyncio.run(_promise_and_wait(settings, sent)))
    finally:
        stop.set()
        for process in processes:
            process.join(PATIENCE)


async def _promise_and_wait(settings: Settings, sent: Semaphore) -> float:
    async with _core(settings, lambda: None) as core:
        begun = time.perf_counter()
        await core.database.run(lambda tx: _promise_sends(tx, core))
        _take(sent, SENDS)
        return SENDS / (time.perf_counter() - begun)


def _take(semaphore: Semaphore, count: int) -> None:
    for _ in range(count):
        if not semaphore.acquire(timeout=PATIENCE):
            msg = f"nothing was heard for {PATIENCE:.0f} s"
            raise TimeoutError(msg)


def _promise_sends(tx: Connection, core: Core) -> None:
    ids, now = SystemIds(), SystemClock().now() - timedelta(seconds=1)
    for _ in range(SENDS):
        name = ids.uuid()
        message = Message(
            id=MessageId(name),
            portal_id=PortalId(PORTAL),
            contact_id=ContactId("512"),
            callback_id=CallbackId(name),
            ref_client=RefClient(name),
            kind=SendType.NOTIFICATION,
            recipient="+33611111111",
            sender=None,
            text="Votre badge vous attend.",
            encoding=Encoding.GSM7,
            stop=False,
            characters=24,
            parts=1,
            created_at=now,
        )
        messages.add(tx, message)
        core.queue.enqueue(tx, SEND, message.id, account=PORTAL)
