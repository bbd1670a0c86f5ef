"""The embedded database: whole transactions, one at a time, in one process."""

import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import anyio
import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core.ports import DatabaseDownError
from core.stores.database import DatabaseInUseError, SqliteDatabase

OPEN = """
import pathlib, sys
from core.ports import DatabaseDownError
from core.stores.database import SqliteDatabase
SqliteDatabase(pathlib.Path(sys.argv[1]))
"""


@pytest.fixture(params=["inline", "threaded"])
def database(request: pytest.FixtureRequest) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(inline=request.param == "inline")
    database.run_now(create)
    yield database
    database.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "core.sqlite"


def create(tx: Connection) -> None:
    tx.exec_driver_sql(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, after INTEGER REFERENCES notes)"
    )


def add(tx: Connection) -> int:
    tx.exec_driver_sql("INSERT INTO notes DEFAULT VALUES")
    return count(tx)


def count(tx: Connection) -> int:
    return int(tx.exec_driver_sql("SELECT count(*) FROM notes").scalar_one())


def pragma(name: str) -> Callable[[Connection], object]:
    return lambda tx: tx.exec_driver_sql(f"PRAGMA {name}").scalar_one()


async def test_what_the_work_returns_comes_back(database: SqliteDatabase) -> None:
    assert await database.run(add) == 1
    assert await database.run(count) == 1


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
async def test_work_that_raises_leaves_no_trace(
    database: SqliteDatabase, error: type[BaseException]
) -> None:
    def fail(tx: Connection) -> None:
        add(tx)
        raise error

    with pytest.raises(error):
        await database.run(fail)
    assert await database.run(count) == 0


async def test_the_database_goes_on_after_a_refused_statement(database: SqliteDatabase) -> None:
    def break_reference(tx: Connection) -> None:
        tx.exec_driver_sql("INSERT INTO notes (after) VALUES (7)")

    with pytest.raises(IntegrityError):
        await database.run(break_reference)
    assert await database.run(add) == 1


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


async def test_a_commit_is_announced_before_and_after(database: SqliteDatabase) -> None:
    heard: list[str] = []
    database.observe(before=lambda: heard.append("before"), after=lambda: heard.append("after"))

    def work(_: Connection) -> None:
        heard.append("work")

    await database.run(work)
    assert heard == ["work", "before", "after"]


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


async def test_a_file_keeps_what_was_committed(path: Path) -> None:
    database = SqliteDatabase(path)
    database.run_now(create)
    await database.run(add)
    database.close()
    again = SqliteDatabase(path)
    assert await again.run(count) == 1
    again.close()


async def test_a_file_is_written_so_that_a_power_cut_loses_nothing(path: Path) -> None:
    database = SqliteDatabase(path)
    assert await database.run(pragma("journal_mode")) == "wal"
    assert await database.run(pragma("synchronous")) == 2
    assert await database.run(pragma("foreign_keys")) == 1
    database.close()


def test_a_file_is_for_its_user_only(path: Path) -> None:
    database = SqliteDatabase(path)
    database.run_now(create)
    modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in path.parent.glob("core.sqlite*")}
    assert {name for name, mode in modes.items() if mode != 0o600} <= {"core.sqlite.lock"}
    database.close()


def test_a_file_in_use_is_refused_with_what_to_do(path: Path) -> None:
    database = SqliteDatabase(path)
    with pytest.raises(DatabaseInUseError, match="stop the process") as refused:
        SqliteDatabase(path)
    assert (refused.value.code, refused.value.path) == ("database_in_use", path)
    database.close()
    SqliteDatabase(path).close()


def test_a_second_process_is_refused(path: Path) -> None:
    database = SqliteDatabase(path)
    second = subprocess.run(  # noqa: S603 - our own interpreter on our own words
        [sys.executable, "-c", OPEN, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert second.returncode == 1
    assert "DatabaseInUseError" in second.stderr
    database.close()


def test_closing_twice_does_no_harm(path: Path) -> None:
    database = SqliteDatabase(path)
    database.close()
    database.close()


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


async def test_a_stranger_who_holds_the_file_is_told_of_until_he_lets_go(path: Path) -> None:
    database = SqliteDatabase(path)
    database.run_now(create)
    await database.run(pragma("busy_timeout = 0"))
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseDownError, match="locked"):
            await database.run(add)
        stranger.execute("COMMIT")
        assert await database.run(add) == 1
    database.close()


async def test_a_stranger_who_reads_keeps_what_was_deleted_in_the_log_and_is_told_of(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = SqliteDatabase(path)
    database.run_now(create)
    await database.run(pragma("busy_timeout = 0"))
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN")
        stranger.execute("SELECT * FROM notes")
        await database.scrub()
        assert "database.not_scrubbed" in caplog.messages
        stranger.execute("COMMIT")
    caplog.clear()
    await database.scrub()
    assert not caplog.messages
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    database.close()


def test_a_file_that_is_no_database_is_refused_in_words_and_left_alone(path: Path) -> None:
    path.write_bytes(b"a letter to grandmother" * 100)
    with pytest.raises(DatabaseDownError, match="not a database"):
        SqliteDatabase(path)
    assert path.read_bytes().startswith(b"a letter")


def test_a_folder_that_is_not_there_is_told(path: Path) -> None:
    with pytest.raises(DatabaseDownError, match="cannot be used as the database"):
        SqliteDatabase(path / "further")
