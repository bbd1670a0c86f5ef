"""PostgreSQL: whole transactions, side by side, and what happens when they meet."""

import threading
from collections.abc import Callable, Iterator

import anyio
import psycopg
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core.ports import DatabaseDownError
from core.stores.postgres import TRIES, PostgresDatabase
from tests.core.stores.notes import add, count, create

IN_TIME = 20


@pytest.fixture(params=["inline", "threaded"])
def database(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[PostgresDatabase]:
    database = PostgresDatabase(postgres_url, inline=request.param == "inline", connections=4)
    database.run_now(create)
    yield database
    database.close()


@pytest.fixture
def threaded(postgres_url: str) -> Iterator[PostgresDatabase]:
    database = PostgresDatabase(postgres_url, connections=4)
    database.run_now(create)
    yield database
    database.close()


def lock(tx: Connection, number: int) -> None:
    tx.exec_driver_sql("SELECT 1 FROM notes WHERE id = %(n)s FOR UPDATE", {"n": number})


def failing(times: int, sqlstate: str) -> Callable[[Connection], int]:
    """Return work that PostgreSQL undoes ``times`` times."""
    left = [sqlstate] * times

    def work(tx: Connection) -> int:
        add(tx)
        if left:
            tx.exec_driver_sql(
                f"DO $$ BEGIN RAISE EXCEPTION 'undone' USING ERRCODE = '{left.pop()}'; END $$"
            )
        return count(tx)

    return work


async def test_transactions_run_side_by_side(threaded: PostgresDatabase) -> None:
    both = threading.Barrier(2, timeout=IN_TIME)

    async def meet() -> None:
        await threaded.run(lambda _: both.wait())

    async with anyio.create_task_group() as group:
        group.start_soon(meet)
        group.start_soon(meet)


async def test_a_transaction_that_deadlocks_is_done_again(threaded: PostgresDatabase) -> None:
    await threaded.run(lambda tx: (add(tx), add(tx)))
    both, tries = threading.Barrier(2, timeout=IN_TIME), 0

    async def cross(first: int, second: int) -> None:
        def work(tx: Connection) -> None:
            nonlocal tries
            tries += 1
            lock(tx, first)
            if tries <= 2:
                both.wait()
            lock(tx, second)

        await threaded.run(work)

    async with anyio.create_task_group() as group:
        group.start_soon(cross, 1, 2)
        group.start_soon(cross, 2, 1)
    assert tries > 2


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "23505"])
async def test_work_that_is_undone_for_others_leaves_one_trace(
    database: PostgresDatabase, sqlstate: str
) -> None:
    assert await database.run(failing(TRIES - 1, sqlstate)) == 1


async def test_work_that_is_undone_again_and_again_is_put_off(database: PostgresDatabase) -> None:
    with pytest.raises(DatabaseDownError):
        await database.run(failing(TRIES, "40P01"))
    assert await database.run(count) == 0


async def test_what_is_there_already_is_refused_in_the_end(database: PostgresDatabase) -> None:
    await database.run(add)
    with pytest.raises(IntegrityError):
        await database.run(lambda tx: tx.exec_driver_sql("INSERT INTO notes (id) VALUES (1)"))


def test_who_observed_is_forgotten_when_it_is_closed(database: PostgresDatabase) -> None:
    heard: list[str] = []
    database.observe(before=lambda: heard.append("before"), after=lambda: heard.append("after"))
    database.close()
    database.run_now(count)
    assert heard == []


async def test_a_server_that_cannot_be_reached_is_told_as_such() -> None:
    database = PostgresDatabase("postgresql://nobody@/nothing?host=/nowhere", inline=True)
    with pytest.raises(DatabaseDownError, match="try again later"):
        await database.run(count)
    database.close()


async def test_a_connection_that_is_cut_fails_one_transaction_and_no_more(
    database: PostgresDatabase,
) -> None:
    def be_cut(tx: Connection) -> None:
        number = tx.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with psycopg.connect(database.url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (number,))
        count(tx)

    with pytest.raises(DatabaseDownError):
        await database.run(be_cut)
    assert await database.run(add) == 1


async def test_a_transaction_sees_what_was_committed_meanwhile(threaded: PostgresDatabase) -> None:
    def work(tx: Connection) -> list[int]:
        before = count(tx)
        threaded.run_now(add)
        return [before, count(tx)]

    assert await threaded.run(work) == [0, 1]
