"""Where a core keeps its memory in the tests: in SQLite, then in PostgreSQL.

``DATABASE_URL`` names a server to use in place of one of our own; its user must be allowed to
create databases.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from core.bootstrap import IN_MEMORY
from tests.postgres import PostgresServer, a_server

ON_BOTH = frozenset({"stores"})
"""The folders of ``tests/core`` whose tests are about the database; the checks run all on both."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for the whole session."""
    url = os.environ.get("DATABASE_URL")  # noqa: TID251 - the tests' one setting
    if url:
        server = PostgresServer(url)
        yield server
        server.close()
        return
    with a_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A database with the core's tables, of the test's own."""
    with postgres_server.database() as url:
        yield url


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all-databases", action="store_true", help="run on both whatever runs on one"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs a core on SQLite, and on PostgreSQL too what asks its database the most.

    That is the core's stores, and the scenarios that are tagged so; with
    ``--all-databases``, which the checks give, it is everything.
    """
    for name in {"kept_in", "lend_database"}.intersection(metafunc.fixturenames):
        is_tagged = metafunc.definition.get_closest_marker("both_databases") is not None
        is_asked = metafunc.config.getoption("all_databases", default=False)
        is_on_both = is_asked or is_tagged or metafunc.definition.path.parent.name in ON_BOTH
        names = ["sqlite", "postgresql"] if is_on_both else ["sqlite"]
        metafunc.parametrize(name, names, indirect=True)


@pytest.fixture
def kept_in(request: pytest.FixtureRequest) -> str:
    """The database that a core is given, empty: its address or path."""
    if request.param == "sqlite":
        return IN_MEMORY
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def lend_database(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[], AbstractContextManager[str]]:
    """What lends as many databases as a test asks for, each empty, to processes that may die."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        return server.database
    numbers = count()

    @contextmanager
    def a_file() -> Iterator[str]:
        yield str(tmp_path / f"{next(numbers)}.sqlite3")

    return a_file
