"""The whole loop on each database: how many SMS a second, with more processes, and in what memory.

A loop goes from HubSpot's signed execution, over the send and its report, to the last status on
the timeline. The vendors answer at once and from within, and their limits are off, so that what
is measured is ours: HTTP, rows, jobs and commits. The baseline is a job that does nothing, from
its promise to its end, in one process on the same database.
"""

import asyncio
import logging
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Semaphore
from pathlib import Path

import httpx
from sqlalchemy import Connection

from core.bootstrap import Core, build, open_database
from core.clients.system import SystemClock, SystemIds
from core.ports import Done, Outcome, Task
from core.settings import Settings
from tests.bench.quick_vendors import QuickVendors
from tests.core.builders import PORTAL, PUBLIC, SETTINGS
from tests.core.harness import Harness
from tests.postgres import a_server

LOOPS = int(os.environ.get("BENCH_LOOPS", "400"))  # noqa: TID251 - a bench is an entry point
MANY = int(os.environ.get("BENCH_MEMORY", "100000"))  # noqa: TID251 - as above
"""How many SMS the memory is watched over."""
SLICE = 1000
"""How many of them are asked for at a time: an account's news waits behind its notifications."""
ROUNDS = 3
WORKERS = (1, 2, 4)
PATIENCE = 60.0
"""Seconds without news after which a round counts as lost."""

QUICK = replace(
    SETTINGS,
    batch_wait=timedelta(seconds=0.1),
    hubspot_calls=1_000_000,
    reconcile_after=timedelta(hours=2),
)


def figures() -> Iterator[tuple[str, str]]:
    """Return the throughput of the loop as (what, how much)."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _beside_nothing("SQLite", str(Path(folder) / "core.sqlite3"), (1,))
    # As it is set up by default: what is committed survives a power cut.
    with a_server("") as server, server.database() as url:
        yield from _beside_nothing("PostgreSQL", url, WORKERS)


def memory() -> Iterator[tuple[str, str]]:
    """Return what memory a process has over many SMS as (what, how much)."""
    tenth = MANY // 10
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(QUICK, database=str(Path(folder) / "core.sqlite3"))
        asyncio.run(_install(settings))
        with _Gang.at_work(settings, 1) as gang:
            sizes = []
            for _ in range(10):
                for start in range(0, tenth, SLICE):
                    gang.loop(min(SLICE, tenth - start))
                sizes.append(gang.memory())
    yield f"memory of one process after {tenth:,} SMS", f"{sizes[0]:.0f} MB"
    yield f"… after {MANY // 2:,}", f"{sizes[4]:.0f} MB"
    yield f"… after {MANY:,}", f"{sizes[9]:.0f} MB"
    yield "… the last in the first (goal: 1.1)", f"{sizes[9] / sizes[0]:.2f}"


def _beside_nothing(name: str, place: str, counts: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    settings = replace(QUICK, database=place)
    asyncio.run(_install(settings))
    empty = statistics.median(asyncio.run(_empty(settings)) for _ in range(ROUNDS))
    yield f"{name}: jobs that do nothing, one process, a second", f"{empty:.0f}"
    for count in counts:
        with _Gang.at_work(settings, count) as gang:
            speed = statistics.median(gang.loop(LOOPS) for _ in range(ROUNDS))
        yield f"{name}, {count} worker{'s' if count > 1 else ''}: SMS a second", f"{speed:.0f}"
        yield "… beside the jobs that do nothing", f"{speed / empty:.2f}"


@dataclass(frozen=True, slots=True)
class _Gang:
    """Processes that serve one database, each with vendors of its own.

    Args:
        processes: The processes.
        asked: How many loops they are to begin.
        told: One for each loop that is over.
    """

    processes: list[SpawnProcess]
    asked: Semaphore
    told: Semaphore

    @classmethod
    @contextmanager
    def at_work(cls, settings: Settings, count: int) -> Iterator["_Gang"]:
        """Start ``count`` of them, and stop them at the end."""
        context = multiprocessing.get_context("spawn")
        asked, told = context.Semaphore(0), context.Semaphore(0)
        given = (settings.database, asked, told)
        processes = [context.Process(target=work, args=given, daemon=True) for _ in range(count)]
        for process in processes:
            process.start()
        try:
            gang = cls(processes, asked, told)
            gang.loop(count * 20)  # until all of them are at it
            yield gang
        finally:
            for process in processes:
                process.terminate()
                process.join()

    def loop(self, size: int) -> float:
        """Have ``size`` SMS go through the loop, and return how many a second that were."""
        begun = time.perf_counter()
        for _ in range(size):
            self.asked.release()
        for _ in range(size):
            if not self.told.acquire(timeout=PATIENCE):
                msg = f"nothing was heard for {PATIENCE:.0f} s"
                raise TimeoutError(msg)
        return size / (time.perf_counter() - begun)

    def memory(self) -> float:
        """Return the resident memory of the first of them, in MB."""
        pages = int(Path(f"/proc/{self.processes[0].pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def work(place: str, asked: Semaphore, told: Semaphore) -> None:
    """Be one of several processes that serve a database, until terminated."""
    logging.disable()
    asyncio.run(_work(replace(QUICK, database=place), asked, told))


async def _work(settings: Settings, asked: Semaphore, told: Semaphore) -> None:
    def tell(count: int) -> None:
        for _ in range(count):
            told.release()

    vendors = QuickVendors(tell)
    async with _a_core(settings, vendors) as core, asyncio.TaskGroup() as group:
        inside = httpx.ASGITransport(core.app)
        client = httpx.AsyncClient(transport=inside, base_url=PUBLIC)
        group.create_task(core.queue.run(core.handle, concurrency=settings.concurrency))
        group.create_task(vendors.report(client))
        ids = SystemIds()
        while True:
            count = await asyncio.to_thread(_some, asked)
            await vendors.execute(client, SystemClock(), [ids.uuid() for _ in range(count)])


def _some(asked: Semaphore) -> int:
    """Wait for a loop that is asked for, and take some more with it; the rest are the others'."""
    asked.acquire()
    count = 1
    while count < 20 and asked.acquire(block=False):
        count += 1
    return count


async def _install(settings: Settings) -> None:
    async with Harness(database=settings.database) as harness:
        await harness.install()
        await harness.link()


class _a_core:  # noqa: N801 - used as a function
    """A core on the database that the settings name, among vendors that answer at once."""

    def __init__(self, settings: Settings, vendors: QuickVendors) -> None:
        self._database = open_database(settings)
        self._http = httpx.AsyncClient(transport=vendors)
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
    left, over = LOOPS, asyncio.Event()

    def promise(tx: Connection) -> None:
        for number in range(LOOPS):
            core.queue.enqueue(tx, "nothing", str(number), account=PORTAL)

    async def handle(_: Task) -> Outcome:
        nonlocal left
        left -= 1
        if not left:
            over.set()
        return Done()

    async with (
        _a_core(settings, QuickVendors(lambda _: None)) as core,
        asyncio.timeout(PATIENCE),
        asyncio.TaskGroup() as group,
    ):
        working = group.create_task(core.queue.run(handle, concurrency=settings.concurrency))
        begun = time.perf_counter()
        await core.database.run(promise)
        await over.wait()
        passed = time.perf_counter() - begun
        working.cancel()
    return LOOPS / passed
