"""Insert or replace, and insert unless there: said alike to SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(tx: Connection, table: Table, values: Mapping[str, Any], *, on: Sequence[str]) -> None:
    """Insert ``values``, or write them over the row that has the same ``on`` columns."""
    changed = {name: value for name, value in values.items() if name not in on}
    statement = _insert(tx, table).values(dict(values))
    tx.execute(statement.on_conflict_do_update(index_elements=list(on), set_=changed))


def insert_new(tx: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert ``values`` unless a row with the same key is there; return whether it was inserted."""
    statement = _insert(tx, table).values(dict(values)).on_conflict_do_nothing()
    return tx.execute(statement).rowcount == 1


def _insert(tx: Connection, table: Table) -> Any:
    dialect = postgresql if tx.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
