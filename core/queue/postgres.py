"""Procrastinate's storage in PostgreSQL: many processes, which tell each other of new work."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import psycopg
from procrastinate import sql
from procrastinate.connector import Notify
from sqlalchemy import Connection

from core.ports import Clock, Database, DatabaseDownError
from core.queue import statements
from core.queue.connector import NEWS, Row, StorageConnector

CHANNEL = "smsmode_hubspot_jobs"
"""Where processes tell each other that a job may start."""

ANNOUNCE = f"SELECT pg_notify('{CHANNEL}', '')"

_NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_SINCE = f"{_NOW} - (%(seconds_since_heartbeat)s * 1000000)::bigint"

REGISTER = f"""
    INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({_NOW}) RETURNING id AS worker_id
"""  # noqa: S608 - a constant of ours
UNREGISTER = "DELETE FROM procrastinate_workers WHERE id = %(worker_id)s"
BEAT = f"""
    INSERT INTO procrastinate_workers (id, last_heartbeat) VALUES (%(worker_id)s, {_NOW})
    ON CONFLICT (id) DO UPDATE SET last_heartbeat = excluded.last_heartbeat
"""  # noqa: S608 - a constant of ours
"""Writes down that a worker lives, even where it was taken for dead meanwhile."""
PRUNE = f"""
    DELETE FROM procrastinate_workers WHERE last_heartbeat < {_SINCE} RETURNING id AS worker_id
"""  # noqa: S608 - a constant of ours
STALLED = f"""
    SELECT job.* FROM procrastinate_jobs AS job
    WHERE job.status = 'doing' AND NOT EXISTS (
        SELECT 1 FROM procrastinate_workers AS worker
        WHERE worker.id = job.worker_id AND worker.last_heartbeat >= {_SINCE})
"""  # noqa: S608 - a constant of ours
"""What workers do that are gone, or have given no sign of life for long enough."""


class SharedDatabase(Database, Protocol):
    """A database that other processes reach too."""

    url: str


class PostgresConnector(StorageConnector):
    """Keeps the jobs of any number of processes.

    What is due is told by the clock of each process; whether a worker lives, by the database's,
    which is the one clock that all share.

    Args:
        database: Where the jobs are; its tables are in place.
        clock: What "due" is told by.
    """

    # Where its like waits, a job is not added, and its like cannot start before this transaction
    # has ended: it could otherwise begin, and miss what this transaction wrote for it.
    deferring = f"""{statements.DEFER}
        ON CONFLICT (queueing_lock) WHERE status = 'todo'
        DO UPDATE SET queueing_lock = excluded.queueing_lock
        RETURNING id, xmax = 0 AS added
    """
    fetching = statements.fetch("FOR UPDATE SKIP LOCKED")

    def __init__(self, database: SharedDatabase, clock: Clock) -> None:
        super().__init__(database, clock)
        self._url = database.url
        self.answers |= {
            sql.queries["register_worker"]: self._plain(REGISTER),
            sql.queries["unregister_worker"]: self._plain(UNREGISTER),
            sql.queries["update_heartbeat"]: self._plain(BEAT),
            sql.queries["prune_stalled_workers"]: self._plain(PRUNE),
            sql.queries["select_stalled_jobs_by_heartbeat"]: self._stalled,
        }

    def say(self, statement: str) -> str:
        """Return ``statement`` as it is: it is written in the driver's words."""
        return statement

    def announce(self, tx: Connection) -> None:
        """Have the workers of all processes look for jobs once ``tx`` is committed."""
        tx.exec_driver_sql(ANNOUNCE)

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Tell of every commit, of any process, after which a job may start, until cancelled."""
        try:
            await self._listen(on_notification, tuple(channels))
        except psycopg.Error as error:
            msg = "PostgreSQL no longer tells of new work: try again later"
            raise DatabaseDownError(msg) from error

    async def _listen(self, on_notification: Notify, channels: Sequence[str]) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            await self._tell(on_notification, channels)  # of what came before the listening
            async for _ in connection.notifies():
                await self._tell(on_notification, channels)

    async def _tell(self, on_notification: Notify, channels: Sequence[str]) -> None:
        self.hear()
        for channel in channels:
            await on_notification(channel=channel, payload=NEWS)

    def _stalled(self, tx: Connection, *, seconds_since_heartbeat: float, **_: object) -> list[Row]:
        asked = {"seconds_since_heartbeat": seconds_since_heartbeat}
        return self.ask(tx, STALLED, asked)
