"""Procrastinate's storage in the embedded database, in place of PostgreSQL."""

import asyncio
import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

import orjson
from procrastinate import sql
from procrastinate.connector import BaseAsyncConnector, BaseConnector, Notify
from procrastinate.exceptions import ConnectorException, NoResult, UniqueViolation
from procrastinate.manager import QUEUEING_LOCK_CONSTRAINT
from procrastinate.types import JobToDefer
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core.ports import Clock, Database
from core.queue import jobs, schema

T = TypeVar("T")
Row = dict[str, Any]
Answer = Callable[..., list[Row]]

NEWS = '{"type": "job_inserted", "job_id": 0}'
"""What PostgreSQL would notify; the worker looks for a job whatever its number."""


class EmbeddedDatabase(Database, Protocol):
    """A database that lives in this process alone and announces its commits."""

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction, blocking."""
        ...

    def observe(self, *, after: Callable[[], None]) -> None:
        """Have ``after`` called after every commit, on the thread that commits."""
        ...


class SqliteConnector(BaseAsyncConnector):
    """Answers those queries of Procrastinate that one process with one queue asks.

    A worker is alive as long as it is registered here: the process is the only one, so that no
    heartbeat is needed to tell a dead worker from a slow clock. What an earlier process was
    doing is put back when the connector is made.

    Args:
        database: Where the jobs are.
        clock: What "due" is told by.
    """

    def __init__(self, database: EmbeddedDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._workers: set[int] = set()
        self._numbers = itertools.count(1)
        self._is_news = False
        self._listeners: set[Callable[[], None]] = set()
        self._answers: dict[str, Answer] = {
            sql.queries["defer_jobs"]: self._defer,
            sql.queries["fetch_job"]: self._fetch,
            sql.queries["finish_job"]: self._finish,
            sql.queries["retry_job"]: self._retry,
            sql.queries["list_jobs"]: _plain(schema.LIST),
            sql.queries["select_stalled_jobs_by_heartbeat"]: self._stalled,
            jobs.NEXT_DUE: _plain(jobs.NEXT_DUE),
            jobs.REWRITE: _plain(jobs.REWRITE),
            jobs.DROP: _plain(jobs.DROP),
        }
        self._registry: dict[str, Answer] = {
            sql.queries["register_worker"]: self._register,
            sql.queries["unregister_worker"]: self._unregister,
            sql.queries["update_heartbeat"]: _nothing,
            sql.queries["prune_stalled_workers"]: _nothing,
            sql.queries["list_jobs_to_abort"]: _nothing,
        }
        database.run_now(_set_up)
        database.observe(after=self._spread_news)

    def get_sync_connector(self) -> BaseConnector:
        """Return this connector: it also answers within a transaction, without waiting."""
        return self

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        """Ask ``query`` in a transaction of its own."""
        await self.execute_query_all_async(query, **arguments)

    async def execute_query_one_async(self, query: str, **arguments: Any) -> Row:
        """Ask ``query`` in a transaction of its own and return the first row.

        Raises:
            NoResult: There is none.
        """
        for row in await self.execute_query_all_async(query, **arguments):
            return row
        raise NoResult

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[Row]:
        """Ask ``query`` in a transaction of its own and return every row."""
        if (registry := self._registry.get(query)) is not None:
            return registry(**arguments)
        return await self._database.run(
            lambda tx: self.execute_query_all_with_connection(tx, query, **arguments)
        )

    def execute_query_all_with_connection(
        self, connection: Connection, query: str, **arguments: Any
    ) -> list[Row]:
        """Ask ``query`` in the caller's transaction and return every row.

        Raises:
            ConnectorException: The query is not one of those that are answered here.
        """
        answer = self._answers.get(query)
        if answer is None:
            msg = f"the embedded queue does not answer this query of Procrastinate: {query}"
            raise ConnectorException(msg)
        return answer(connection, **arguments)

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

    def _defer(self, tx: Connection, jobs: list[JobToDefer]) -> list[Row]:
        ids: list[Row] = []
        for job in jobs:
            added = _ask(tx, schema.DEFER, job._asdict())
            if not added:
                raise _already_waiting(job.queueing_lock)
            ids += added
            self._note(job.scheduled_at)
        return ids

    def _fetch(self, tx: Connection, queues: object, worker_id: int) -> list[Row]:
        if queues is not None:
            msg = f"the embedded database has one queue: {queues!r} cannot be told apart"
            raise ConnectorException(msg)
        now = self._clock.now()
        return _ask(tx, schema.FETCH, {"worker_id": worker_id, "now": now}) or [{"id": None}]

    def _finish(self, tx: Connection, job_id: int, status: str, *, delete_job: bool) -> list[Row]:
        query = schema.DELETE if delete_job else schema.FINISH
        ended = _ask(tx, query, {"job_id": job_id, "status": status})
        return self._leave(job_id, ended)

    def _retry(self, tx: Connection, job_id: int, **arguments: Any) -> list[Row]:
        try:
            again = _ask(tx, schema.RETRY, {"job_id": job_id, **arguments})
        except IntegrityError as error:
            raise _already_waiting(None) from error
        self._note(arguments["retry_at"])
        return self._leave(job_id, again)

    def _leave(self, job_id: int, left: list[Row]) -> list[Row]:
        if not left:
            msg = f"job {job_id} is not being done: it was put back or ended by another worker"
            raise ConnectorException(msg)
        # Procrastinate would look for the lane's next job only at its next poll.
        self._is_news |= left[0]["lock"] is not None
        return left

    def _stalled(self, tx: Connection, **_: object) -> list[Row]:
        doing = _ask(tx, schema.DOING, {})
        return [row for row in doing if row["worker_id"] not in self._workers]

    def _register(self) -> list[Row]:
        number = next(self._numbers)
        self._workers.add(number)
        return [{"worker_id": number}]

    def _unregister(self, worker_id: int) -> list[Row]:
        self._workers.discard(worker_id)
        return []

    def _note(self, due: datetime | None) -> None:
        self._is_news |= due is None or due <= self._clock.now()

    def _spread_news(self) -> None:
        if self._is_news:
            self._is_news = False
            for wake in tuple(self._listeners):
                wake()


def _set_up(tx: Connection) -> None:
    for statement in (*schema.CREATE, *schema.RESUME):
        tx.exec_driver_sql(statement)


def _plain(query: str) -> Answer:
    statement = re.sub(r"%\((\w+)\)s", r":\1", query)
    return lambda tx, **arguments: _ask(tx, statement, arguments)


def _nothing(**_: object) -> list[Row]:
    return []


def _ask(tx: Connection, statement: str, arguments: Mapping[str, Any]) -> list[Row]:
    result = tx.exec_driver_sql(statement, {k: _stored(v) for k, v in arguments.items()})
    if not result.returns_rows:
        return []
    return [_restored(dict(row)) for row in result.mappings()]


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return orjson.dumps(value).decode() if isinstance(value, dict) else value


def _restored(row: Row) -> Row:
    if "scheduled_at" in row:
        row["scheduled_at"] = datetime.fromisoformat(row["scheduled_at"])
    if "args" in row:
        row["args"] = orjson.loads(row["args"])
    return row


def _already_waiting(key: str | None) -> UniqueViolation:
    return UniqueViolation(constraint_name=QUEUEING_LOCK_CONSTRAINT, queueing_lock=key)
