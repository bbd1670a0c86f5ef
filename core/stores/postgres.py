"""PostgreSQL: many processes on many machines, transactions side by side."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from psycopg import Connection as Driver
from psycopg.abc import Buffer
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from core.ports import DatabaseDownError
from core.stores.notices import Announced

T = TypeVar("T")

_PORT = 5432

TRIES = 5
"""How often work is done that PostgreSQL undoes for the sake of other transactions."""

UNDONE = frozenset({"40001", "40P01", "23505"})
"""What PostgreSQL says then: the transaction could not be ordered among others, deadlocked, or wrote
what another had written since it looked, which it sees when it looks again."""

LIMITS = {
    "connect_timeout": "10",
    "options": "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
    "application_name": "smsmode-hubspot",
}
"""No transaction of ours takes seconds: one that does is stuck, and holds up others."""


class PostgresDatabase(Announced):
    """Runs units of work on PostgreSQL, each in one transaction (READ COMMITTED).

    Args:
        url: ``postgresql://…``, as libpq reads it.
        connections: How many transactions there may be at once; each has a thread.
        inline: Whether work is done in the caller's thread, one transaction at a time.
    """

    def __init__(self, url: str, *, connections: int = 8, inline: bool = False) -> None:
        super().__init__()
        self.url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._threads = (
            None if inline else ThreadPoolExecutor(connections, thread_name_prefix="database")
        )
        self._engine = create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=connections,
            max_overflow=1,
            isolation_level="READ COMMITTED",
            connect_args=LIMITS,
            hide_parameters=True,
        )
        event.listen(self._engine, "connect", _say_without_nul)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction and return what it returned; see ``ports.Database``.

        Work that has begun goes on to its end when the caller is cancelled.

        Raises:
            DatabaseDownError: PostgreSQL cannot be reached.
        """
        if self._threads is None:
            return self._transact(work)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._transact, work)

    async def scrub(self) -> None:
        """Do nothing: the files are the server's, which writes over what was deleted in its time."""

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """Do as ``run`` and block until it is over: for setting up, before there is a loop.

        Raises:
            DatabaseDownError: PostgreSQL cannot be reached.
        """
        return self._transact(work)

    def close(self) -> None:
        """Let the transactions under way end, close the connections, and tell nobody any more."""
        if self._threads is not None:
            self._threads.shutdown()
        self._forget_observers()
        self._engine.dispose()

    def _transact(self, work: Callable[[Connection], T]) -> T:
        for left in reversed(range(TRIES)):
            try:
                result = self._try(work)
            except DBAPIError as error:
                if left and _was_undone(error):
                    continue
                if isinstance(error, OperationalError) or error.connection_invalidated:
                    raise DatabaseDownError(_down(self.url)) from error
                raise
            self._announce_committed()
            return result
        raise AssertionError("the last try returns or raises")  # pragma: no cover

    def _try(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            result = work(connection)
            self._announce_commit()
        return result


class _NulFree(StrDumperUnknown):
    """Says a text that PostgreSQL can keep: it has no NUL, which anybody may put in a JSON."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\ufffd"))


def _say_without_nul(driver: Driver, _: object) -> None:
    driver.adapters.register_dumper(str, _NulFree)


def _down(url: str) -> str:
    """Return what is told of a server that does nothing: its place, and nobody's name or password."""
    named = conninfo_to_dict(url)
    host, port = named.get("host"), named.get("port") or _PORT
    where = f"PostgreSQL at {host}:{port}" if host else "PostgreSQL"
    return (
        f"{where} cannot be reached, lets nobody in, or stopped in the middle: try again later, "
        "and look at CORE_DATABASE where that never helps"
    )


def _was_undone(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in UNDONE
