"""Migrations: where all the steps lead is what the tables are, on both databases."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from core.bootstrap import open_database
from core.migrations import running
from core.migrations.running import HEAD, StaleSchemaError, configuration
from core.stores.database import SqliteDatabase
from core.stores.postgres import PostgresDatabase
from core.stores.schema import metadata
from tests.core.builders import SETTINGS
from tests.postgres import PostgresServer

Place = SqliteDatabase | PostgresDatabase


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "sqlite":
        database: Place = SqliteDatabase(tmp_path / "core.sqlite3", inline=True)
        yield database
        database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.empty_database() as url:
        database = PostgresDatabase(url, inline=True)
        yield database
        database.close()


def differences(tx: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(tx), metadata))


def tables(tx: Connection) -> set[str]:
    return set(inspect(tx).get_table_names()) - {"sqlite_sequence"}


def test_the_steps_lead_to_the_tables_of_this_release(empty: Place) -> None:
    assert empty.run_now(running.migrate) is None
    assert empty.run_now(differences) == []
    assert empty.run_now(running.found_version) == HEAD


def test_the_steps_can_be_taken_back(empty: Place) -> None:
    empty.run_now(running.migrate)
    empty.run_now(lambda tx: command.downgrade(configuration(tx), "base"))
    assert empty.run_now(tables) == {"alembic_version"}


def test_taking_no_step_does_no_harm(empty: Place) -> None:
    empty.run_now(running.migrate)
    assert empty.run_now(running.migrate) == HEAD


def test_the_last_step_is_the_one_that_the_code_asks_for(empty: Place) -> None:
    def last(tx: Connection) -> str | None:
        return ScriptDirectory.from_config(configuration(tx)).get_current_head()

    assert empty.run_now(last) == HEAD


def test_tables_that_are_made_at_once_are_those_that_the_steps_lead_to() -> None:
    made, migrated = SqliteDatabase(inline=True), SqliteDatabase(inline=True)
    made.run_now(running.create)
    migrated.run_now(running.migrate)
    assert made.run_now(differences) == []
    assert made.run_now(tables) == migrated.run_now(tables)
    assert made.run_now(running.found_version) == HEAD
    made.close()
    migrated.close()


def test_a_file_of_an_older_release_is_brought_up_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "core.sqlite3"
    old = sqlite3.connect(path)
    old.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    old.commit()
    old.close()
    database = open_database(replace(SETTINGS, database=str(path)), inline=True)
    assert database.run_now(running.found_version) == HEAD
    assert database.run_now(differences) == []
    database.close()


def test_postgresql_without_tables_is_refused_with_what_to_do(
    postgres_server: PostgresServer,
) -> None:
    with postgres_server.empty_database() as url:
        with pytest.raises(
            StaleSchemaError, match=r"no tables yet.*python -m core migrate"
        ) as told:
            open_database(replace(SETTINGS, database=url))
        assert (told.value.code, told.value.found) == ("stale_schema", None)


def test_postgresql_of_another_release_is_refused_with_both_steps(postgres_url: str) -> None:
    database = PostgresDatabase(postgres_url, inline=True)
    database.run_now(lambda tx: tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0'"))
    database.close()
    with pytest.raises(StaleSchemaError, match=f"at step 0, .* needs step {HEAD}"):
        open_database(replace(SETTINGS, database=postgres_url))


def test_postgresql_of_this_release_is_opened(postgres_url: str) -> None:
    database = open_database(replace(SETTINGS, database=postgres_url))
    assert isinstance(database, PostgresDatabase)
    database.close()
