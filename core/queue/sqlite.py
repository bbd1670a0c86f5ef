"""Procrastinate's storage in the embedded database: one process, which knows its workers."""

import asyncio
import functools
import itertools
import re
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from procrastinate import sql
from procrastinate.connector import Notify
from sqlalchemy import Connection

from core.ports import Clock, Database
from core.queue import statements
from core.queue.connector import NEWS, Row, StorageConnector

T = TypeVar("T")

RESUME = (
    "UPDATE OR IGNORE procrastinate_jobs SET status = 'todo' WHERE status = 'doing'",
    "DELETE FROM procrastinate_jobs WHERE status = 'doing'",
)
"""Puts back what a process that is gone was doing; what cannot go back has its like waiting."""


class EmbeddedDatabase(Database, Protocol):
    """A database that lives in this process alone and announces its commits."""

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction, blocking."""
        ...

    def observe(self, *, after: Callable[[], None]) -> None:
        """Have ``after`` called after every commit, on the thread that commits."""
        ...


class SqliteConnector(StorageConnector):
    """Keeps the jobs of one process.

    A worker is alive as long as it is registered here: the process is the only one, so that no
    heartbeat is needed to tell a dead worker from a slow clock. What an earlier process was
    doing is put back when the connector is made.

    Args:
        database: Where the jobs are; its tables are in place.
        clock: What "due" is told by.
    """

    deferring = f"{statements.DEFER} ON CONFLICT DO NOTHING RETURNING id, 1 AS added"

    def __init__(self, database: EmbeddedDatabase, clock: Clock) -> None:
        super().__init__(database, clock)
        self._workers: set[int] = set()
        self._numbers = itertools.count(1)
        self._is_news = False
        self._listeners: set[Callable[[], None]] = set()
        self.answers[sql.queries["select_stalled_jobs_by_heartbeat"]] = self._stalled
        self._registry: dict[str, Callable[..., list[Row]]] = {
            sql.queries["register_worker"]: self._register,
            sql.queries["unregister_worker"]: self._unregister,
            sql.queries["update_heartbeat"]: lambda **_: [],
            sql.queries["prune_stalled_workers"]: lambda **_: [],
        }
        database.run_now(_resume)
        database.observe(after=self._spread_news)

    def say(self, statement: str) -> str:
        """Return ``statement`` in SQLite's words."""
        return _named(statement)

    def announce(self, tx: Connection) -> None:  # noqa: ARG002 - there is one transaction at a time
        """Have the worker look for jobs after the commit that is next."""
        self._is_news = True

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[Row]:
        """Ask ``query`` in a transaction of its own and return every row."""
        if (registry := self._registry.get(query)) is not None:
            return registry(**arguments)
        return await super().execute_query_all_async(query, **arguments)

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Tell of every commit after which a job may start, until cancelled."""
        loop, news = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(news.set)

        self._listeners.add(wake)
        try:
            while True:
                await news.wait()
                news.clear()
                for channel in channels:
                    await on_notification(channel=channel, payload=NEWS)
        finally:
            self._listeners.discard(wake)

    def _stalled(self, tx: Connection, **_: object) -> list[Row]:
        doing = self.ask(tx, statements.DOING, {})
        return [row for row in doing if row["worker_id"] not in self._workers]

    def _register(self) -> list[Row]:
        number = next(self._numbers)
        self._workers.add(number)
        return [{"worker_id": number}]

    def _unregister(self, worker_id: int) -> list[Row]:
        self._workers.discard(worker_id)
        return []

    def _spread_news(self) -> None:
        if self._is_news:
            self._is_news = False
            self.hear()
            for wake in tuple(self._listeners):
                wake()


def _resume(tx: Connection) -> None:
    for statement in RESUME:
        tx.exec_driver_sql(statement)


@functools.cache
def _named(statement: str) -> str:
    return re.sub(r"%\((\w+)\)s", r":\1", statement)
