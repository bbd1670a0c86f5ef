"""Procrastinate's storage in our own database: the same jobs on SQLite and on PostgreSQL.

Procrastinate's worker asks its storage a handful of named queries; they are answered here over
``ports.Database``, so that jobs come and go in the transactions of the work that they belong to,
time is the injected clock's, and accounts take turns.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from procrastinate import sql
from procrastinate.connector import BaseAsyncConnector, BaseConnector
from procrastinate.exceptions import ConnectorException, NoResult, UniqueViolation
from procrastinate.manager import QUEUEING_LOCK_CONSTRAINT
from procrastinate.types import JobToDefer
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core.ports import Clock, Database
from core.queue import statements

Row = dict[str, Any]
Answer = Callable[..., list[Row]]

NEWS = '{"type": "job_inserted", "job_id": 0}'
"""What tells a worker to look for a job; it looks whatever the number."""

_LOOK = sql.queries["fetch_job"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOMENTS = ("scheduled_at", "failed_at")


class StorageConnector(BaseAsyncConnector):
    """Answers the queries that Procrastinate's worker and ``Jobs`` ask.

    Args:
        database: Where the jobs are.
        clock: What "due" is told by.
    """

    deferring = statements.DEFER
    """Adds a job, unless its like waits."""
    fetching = statements.fetch()
    """Begins the next job."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._heard = 0
        self.answers: dict[str, Answer] = {
            sql.queries["defer_jobs"]: self._defer,
            _LOOK: self._fetch,
            sql.queries["finish_job"]: self._finish,
            sql.queries["retry_job"]: self._retry,
            sql.queries["list_jobs_to_abort"]: _nothing,
            statements.PUT_BACK: self._put_back,
            **{statement: self._plain(statement) for statement in statements.PLAIN},
        }

    @abstractmethod
    def say(self, statement: str) -> str:
        """Return ``statement`` with its parameters named as the database's driver has them."""

    @abstractmethod
    def announce(self, tx: Connection) -> None:
        """Have the workers look for jobs once ``tx`` is committed."""

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
        """Ask ``query`` in a transaction of its own and return every row.

        Procrastinate's worker forgets the news that comes while it looks for a job, and the look
        may have been too early to see what the news is about: it looks again.
        """
        heard = self._heard
        rows = await self._run(query, arguments)
        while query == _LOOK and rows[0]["id"] is None and heard != self._heard:
            heard = self._heard
            rows = await self._run(query, arguments)
        return rows

    def execute_query_all_with_connection(
        self, connection: Connection, query: str, **arguments: Any
    ) -> list[Row]:
        """Ask ``query`` in the caller's transaction and return every row.

        Raises:
            ConnectorException: The query is not one of those that are answered here.
        """
        answer = self.answers.get(query)
        if answer is None:
            msg = f"our storage does not answer this query of Procrastinate: {query}"
            raise ConnectorException(msg)
        return answer(connection, **arguments)

    def hear(self) -> None:
        """Note that a job may start: a look under way may have been too early to see it."""
        self._heard += 1

    def ask(self, tx: Connection, statement: str, arguments: Mapping[str, Any]) -> list[Row]:
        """Return the rows of a statement; moments and arguments go in and out as ours."""
        said = {name: _stored(value) for name, value in arguments.items()}
        result = tx.exec_driver_sql(self.say(statement), said)
        if not result.returns_rows:
            return []
        return [_restored(dict(row)) for row in result.mappings()]

    async def _run(self, query: str, arguments: Mapping[str, Any]) -> list[Row]:
        return await self._database.run(
            lambda tx: self.execute_query_all_with_connection(tx, query, **arguments)
        )

    def _defer(self, tx: Connection, jobs: list[JobToDefer]) -> list[Row]:
        ids: list[Row] = []
        for job in jobs:
            values = {**job._asdict(), "now": self._clock.now()}
            rows = self.ask(tx, self.deferring, values)
            if not rows or not rows[0]["added"]:
                raise _already_waiting(job.queueing_lock)
            ids += rows
            self._note(tx, job.scheduled_at)
        return ids

    def _fetch(self, tx: Connection, queues: object, worker_id: int) -> list[Row]:
        if queues is not None:
            msg = f"a worker does the work of all accounts: {queues!r} cannot be told apart"
            raise ConnectorException(msg)
        asked = {"worker_id": worker_id, "now": self._clock.now()}
        return self.ask(tx, self.fetching, asked) or [{"id": None}]

    def _finish(self, tx: Connection, job_id: int, status: str, *, delete_job: bool) -> list[Row]:
        if delete_job:
            return self._leave(tx, job_id, self.ask(tx, statements.DELETE, {"job_id": job_id}))
        asked = {"job_id": job_id, "status": status}
        return self._leave(tx, job_id, self.ask(tx, statements.FINISH, asked))

    def _retry(self, tx: Connection, job_id: int, **arguments: Any) -> list[Row]:
        try:
            again = self.ask(tx, statements.RETRY, {"job_id": job_id, **arguments})
        except IntegrityError as error:
            raise _already_waiting(None) from error
        self._note(tx, arguments["retry_at"])
        return self._leave(tx, job_id, again)

    def _put_back(self, tx: Connection, **arguments: Any) -> list[Row]:
        try:
            back = self.ask(tx, statements.PUT_BACK, arguments)
        except IntegrityError as error:
            raise _already_waiting(None) from error
        if back:
            self.announce(tx)
        return back

    def _leave(self, tx: Connection, job_id: int, left: list[Row]) -> list[Row]:
        if not left:
            msg = f"job {job_id} is not being done: it was put back or ended by another worker"
            raise ConnectorException(msg)
        # Procrastinate would look for the lane's next job only at its next poll.
        if left[0]["lock"] is not None:
            self.announce(tx)
        return left

    def _note(self, tx: Connection, due: datetime | None) -> None:
        if due is None or due <= self._clock.now():
            self.announce(tx)

    def _plain(self, statement: str) -> Answer:
        return lambda tx, **arguments: self.ask(tx, statement, arguments)


def _nothing(*_: object, **__: object) -> list[Row]:
    return []


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value - _EPOCH) // _MICROSECOND
    return orjson.dumps(value).decode() if isinstance(value, dict) else value


def _restored(row: Row) -> Row:
    for name in _MOMENTS:
        if row.get(name) is not None:
            row[name] = _EPOCH + row[name] * _MICROSECOND
    if "args" in row:
        row["args"] = orjson.loads(row["args"])
    return row


def _already_waiting(key: str | None) -> UniqueViolation:
    return UniqueViolation(constraint_name=QUEUEING_LOCK_CONSTRAINT, queueing_lock=key)
