"""The embedded database: whole transactions, one at a time, in one process."""

import threading
from collections.abc import Iterator

import anyio
import pytest
from sqlalchemy import Connection

from core.ports import DatabaseDownError
from core.stores.database import SqliteDatabase
from tests.core.stores.notes import add, count, create, pragma


@pytest.fixture(params=["inline", "threaded"])
def database(request: pytest.FixtureRequest) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(inline=request.param == "inline")
    database.run_now(create)
    yield database
    database.close()


async def test_transactions_run_one_at_a_time(database: SqliteDatabase) -> None:
    seen: list[int] = []

    def work(tx: Connection) -> None:
        before = count(tx)
        add(tx)
        seen.append(count(tx) - before)

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(database.run, work)
    assert seen == [1] * 20


async def test_inline_work_is_done_in_the_callers_thread() -> None:
    database = SqliteDatabase(inline=True)
    assert await database.run(lambda _: threading.get_ident()) == threading.get_ident()
    database.close()


async def test_other_work_is_always_done_on_one_other_thread() -> None:
    database = SqliteDatabase()
    threads = {await database.run(lambda _: threading.get_ident()) for _ in range(5)}
    assert len(threads) == 1
    assert threading.get_ident() not in threads
    database.close()


async def test_each_database_in_memory_is_its_own(database: SqliteDatabase) -> None:
    other = SqliteDatabase(inline=True)
    other.run_now(create)
    await other.run(add)
    assert await database.run(count) == 0
    other.close()


async def test_an_observer_that_raises_before_the_commit_undoes_the_work(
    database: SqliteDatabase,
) -> None:
    crashes = [ZeroDivisionError()]

    def crash() -> None:
        if crashes:
            raise crashes.pop()

    database.observe(before=crash)
    with pytest.raises(ZeroDivisionError):
        await database.run(add)
    assert await database.run(count) == 0


async def test_an_observer_that_raises_after_the_commit_undoes_nothing(
    database: SqliteDatabase,
) -> None:
    crashes = [ZeroDivisionError()]

    def crash() -> None:
        if crashes:
            raise crashes.pop()

    database.observe(after=crash)
    with pytest.raises(ZeroDivisionError):
        await database.run(add)
    assert await database.run(count) == 1


async def test_a_rollback_is_not_announced(database: SqliteDatabase) -> None:
    heard: list[str] = []
    database.observe(before=lambda: heard.append("before"), after=lambda: heard.append("after"))

    def fail(_: Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(fail)
    assert heard == []


async def test_a_full_disk_is_told_as_such_and_the_database_goes_on_once_there_is_room(
    database: SqliteDatabase,
) -> None:
    def fill(tx: Connection) -> None:
        tx.exec_driver_sql("CREATE TABLE heap AS SELECT zeroblob(100000)")

    await database.run(pragma("max_page_count = 3"))
    with pytest.raises(DatabaseDownError, match="full"):
        await database.run(fill)
    assert await database.run(add) == 1
    await database.run(pragma("max_page_count = 1000"))
    await database.run(fill)
