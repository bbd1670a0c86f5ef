"""What databases are tried with: a table of notes, and SQLite's pragmas."""

from collections.abc import Callable

from sqlalchemy import Connection

_PLACES = {"sqlite": "integer", "postgresql": "serial"}


def create(tx: Connection) -> None:
    place = _PLACES[tx.dialect.name]
    tx.exec_driver_sql(
        f"CREATE TABLE notes (id {place} PRIMARY KEY, after integer REFERENCES notes)"
    )


def add(tx: Connection) -> int:
    tx.exec_driver_sql("INSERT INTO notes DEFAULT VALUES")
    return count(tx)


def count(tx: Connection) -> int:
    return int(tx.exec_driver_sql("SELECT count(*) FROM notes").scalar_one())


def pragma(name: str) -> Callable[[Connection], object]:
    return lambda tx: tx.exec_driver_sql(f"PRAGMA {name}").scalar_one()
