"""The embedded database: one SQLite file, one connection, one transaction at a time."""

import asyncio
import fcntl
import functools
import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine, StaticPool, create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from core.ports import DatabaseDownError
from core.stores.notices import Announced

log = logging.getLogger(__name__)

T = TypeVar("T")

DURABLE = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
"""What a file needs so that what was committed survives a power cut."""

DISCREET = "PRAGMA secure_delete=ON"
"""Has what is erased overwritten; some builds of SQLite do so by themselves, and others do not."""

UNUSABLE = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    )
)
"""What SQLite says when the file is at fault, and not what was asked of it."""


class DatabaseInUseError(RuntimeError):
    """Another process holds the database file.

    Args:
        path: The file.
    """

    code = "database_in_use"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is in use: stop the process that uses it, or name another file")
        self.path = path


class SqliteDatabase(Announced):
    """Runs units of work on SQLite, each in one transaction, one after the other.

    Args:
        path: The file, made when missing, and kept from other processes until ``close`` or the
            end of this one by a lock on ``<path>.lock``; in memory when ``None``.
        inline: Whether work is done in the caller's thread. If not, it is done on a thread of
            the database's own, and the loop goes on meanwhile.

    Raises:
        DatabaseInUseError: Another process, or another object of this one, uses the file.
        DatabaseDownError: The file cannot be opened, or is no database.
    """

    def __init__(self, path: Path | None = None, *, inline: bool = False) -> None:
        super().__init__()
        self._writer = None if inline else ThreadPoolExecutor(1, thread_name_prefix="database")
        with ExitStack() as held:
            try:
                if path is not None:
                    _lock(path, held)
                self._connection = _connect(path, held)
            except (OSError, sqlite3.DatabaseError) as error:
                msg = f"{path} cannot be used as the database ({error}): name another file"
                raise DatabaseDownError(msg) from error
            self._held = held.pop_all()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction and return what it returned; see ``ports.Database``.

        Work that has begun goes on to its end when the caller is cancelled.

        Raises:
            DatabaseDownError: The disk is full, or the file cannot be read or written.
        """
        if self._writer is None:
            return self._transact(work)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, self._transact, work)

    async def scrub(self) -> None:
        """Leave nothing of what was deleted in the log that SQLite writes ahead of the file.

        Raises:
            DatabaseDownError: The disk is full, or the file cannot be read or written.
        """
        if self._writer is None:
            self._empty_log()
        else:
            await asyncio.get_running_loop().run_in_executor(self._writer, self._empty_log)

    def run_now(self, work: Callable[[Connection], T]) -> T:
        """Do as ``run`` and block until it is over: for setting up, before there is a loop."""
        if self._writer is None:
            return self._transact(work)
        return self._writer.submit(self._transact, work).result()

    def close(self) -> None:
        """Let the transaction under way end, close the file and free it for others."""
        if self._writer is not None:
            self._writer.shutdown()
        self._forget_observers()
        self._held.close()

    def _transact(self, work: Callable[[Connection], T]) -> T:
        with _the_files_faults_told(), self._connection.begin():
            # IMMEDIATE takes the write lock at once: a transaction never fails half-way for want
            # of it. It goes to the driver itself: there is nothing to compile, bind or read.
            _driver(self._connection).execute("BEGIN IMMEDIATE")
            result = work(self._connection)
            self._announce_commit()
        self._announce_committed()
        return result

    def _empty_log(self) -> None:
        with _the_files_faults_told():
            found = _driver(self._connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = found.fetchone()
        if is_busy:
            # Whoever reads the file by other means keeps its log from being emptied.
            log.warning("database.not_scrubbed", extra={"todo": "leave the database's file to us"})


@contextmanager
def _the_files_faults_told() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        fault = error.orig if isinstance(error, DBAPIError) else error
        if _is_the_files(fault):
            msg = f"the database's file cannot be used: {fault}"
            raise DatabaseDownError(msg) from error
        raise


def _is_the_files(fault: BaseException | None) -> bool:
    # The low byte is the kind of fault; the others tell where it was met.
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in UNUSABLE


@functools.cache
def _engine() -> Engine:
    # Compiling a statement costs five times its execution, and depends on the dialect alone. All
    # databases therefore share one engine; it only compiles, and never opens a connection.
    engine = create_engine("sqlite://", poolclass=StaticPool, hide_parameters=True)
    engine.dialect.server_version_info = sqlite3.sqlite_version_info
    return engine


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _connect(path: Path | None, held: ExitStack) -> Connection:
    raw = sqlite3.connect(
        path or ":memory:",
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    held.callback(raw.close)
    for pragma in ("PRAGMA foreign_keys=ON", *((*DURABLE, DISCREET) if path else ())):
        raw.execute(pragma)
    connection = Connection(_engine(), StaticPool(lambda: cast("DBAPIConnection", raw)).connect())
    held.callback(connection.close)
    return connection


def _lock(path: Path, held: ExitStack) -> None:
    lock = held.enter_context(path.with_name(f"{path.name}.lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DatabaseInUseError(path) from error
    # It holds the texts of messages and the tokens of accounts: for this user only.
    path.touch(mode=0o600)
