"""What every database promises of a transaction, whichever it is and wherever its work is done."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core.ground import Storage
from core.stores.database import SqliteDatabase
from core.stores.postgres import PostgresDatabase
from tests.core.stores.notes import add, count, create


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["inline", "threaded"])
def database(request: pytest.FixtureRequest, place: str | None) -> Iterator[Storage]:
    inline = request.param == "inline"
    database: Storage = (
        SqliteDatabase(inline=inline)
        if place is None
        else PostgresDatabase(place, inline=inline, connections=4)
    )
    database.run_now(create)
    yield database
    database.close()


async def test_what_the_work_returns_comes_back(database: Storage) -> None:
    assert await database.run(add) == 1
    assert await database.run(count) == 1


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
async def test_work_that_raises_leaves_no_trace(
    database: Storage, error: type[BaseException]
) -> None:
    def fail(tx: Connection) -> None:
        add(tx)
        raise error

    with pytest.raises(error):
        await database.run(fail)
    assert await database.run(count) == 0


async def test_the_database_goes_on_after_a_refused_statement(database: Storage) -> None:
    def break_reference(tx: Connection) -> None:
        tx.exec_driver_sql("INSERT INTO notes (after) VALUES (7)")

    with pytest.raises(IntegrityError):
        await database.run(break_reference)
    assert await database.run(add) == 1


async def test_a_commit_is_announced_before_and_after(database: Storage) -> None:
    heard: list[str] = []
    database.observe(before=lambda: heard.append("before"), after=lambda: heard.append("after"))
    await database.run(lambda _: heard.append("work"))
    assert heard == ["work", "before", "after"]
