"""What a harness has got to, so that others can begin there: it costs less than getting there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from core.stores.schema import metadata
from tests.core.vendors import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a harness has got to: the rows, the vendors, the moment."""

    rows: Mapping[str, Sequence[dict[str, Any]]]
    at: datetime
    ids: bytes
    hubspot: State
    smsmode: State


def read_rows(tx: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of each of our tables."""
    rows = {t.name: tx.execute(t.select()).mappings() for t in metadata.sorted_tables}
    return {name: [dict(row) for row in found] for name, found in rows.items()}


def write_rows(tx: Connection, rows: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """Put rows into our tables, which are empty."""
    for table in metadata.sorted_tables:
        if rows[table.name]:
            tx.execute(table.insert(), rows[table.name])
            _count_on(tx, table)


def _count_on(tx: Connection, table: Table) -> None:
    """Have PostgreSQL number the next row after those that were written with their numbers."""
    column = table.autoincrement_column
    if column is not None and tx.dialect.name == "postgresql":
        last = select(func.max(column)).scalar_subquery()
        tx.execute(select(func.setval(func.pg_get_serial_sequence(table.name, column.name), last)))
