"""Making the tables at once, on SQLite, where there are none."""

from functools import cache

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from core.stores.schema import metadata


@cache
def _statements() -> tuple[str, ...]:
    """Return what creates the tables; said once, since compiling it costs more than doing it."""
    dialect = sqlite.dialect()
    tables: list[str] = []
    for table in metadata.sorted_tables:
        tables.append(str(CreateTable(table, if_not_exists=True).compile(dialect=dialect)))
        tables += [
            str(CreateIndex(index, if_not_exists=True).compile(dialect=dialect))
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ]
    return tuple(tables)


def create_tables(tx: Connection) -> None:
    """Create the tables that are not there yet, on SQLite."""
    # Past SQLAlchemy's own book-keeping, which here would cost as much as the work.
    cursor = tx.connection.cursor()
    for statement in _statements():
        cursor.execute(statement)
    cursor.close()
