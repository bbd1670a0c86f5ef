"""The embedded database's file: what it keeps, whose it is, and when it is refused."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.ports import DatabaseDownError
from core.stores.database import DatabaseInUseError, SqliteDatabase
from tests.core.stores.notes import add, count, create, pragma

OPEN = """
import pathlib, sys
from core.ports import DatabaseDownError
from core.stores.database import SqliteDatabase
SqliteDatabase(pathlib.Path(sys.argv[1]))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "core.sqlite"


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
