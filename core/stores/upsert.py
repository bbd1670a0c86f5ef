"""Insert or replace, insert unless there, and update: said alike to SQLite and PostgreSQL.

Statements are made once for each shape and kept: making one costs several times its execution.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam
from sqlalchemy import update as sql_update
from sqlalchemy.dialects import postgresql, sqlite


def upsert(tx: Connection, table: Table, values: Mapping[str, Any], *, on: Sequence[str]) -> None:
    """Insert ``values``, or write them over the row that has the same ``on`` columns."""
    tx.execute(_upsert(tx.dialect.name, table, tuple(values), tuple(on)), values)


def insert_new(tx: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert ``values`` unless a row with the same key is there; return whether it was inserted."""
    return tx.execute(_insert_new(tx.dialect.name, table, tuple(values)), values).rowcount == 1


def update_by(tx: Connection, table: Table, key: str, value: Any, **values: Any) -> None:
    """Write ``values`` over the rows whose ``key`` column holds ``value``."""
    tx.execute(_update_by(table, key, tuple(values)), {_KEY: value, **values})


_KEY = "key_of_the_row"


@cache
def _upsert(dialect: str, table: Table, names: tuple[str, ...], on: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table, names)
    changed = {name: statement.excluded[name] for name in names if name not in on}
    return statement.on_conflict_do_update(index_elements=list(on), set_=changed)


@cache
def _insert_new(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table, names).on_conflict_do_nothing()
    # Of an insert, SQLAlchemy keeps the count only when asked to, and PostgreSQL's would be -1.
    return statement.execution_options(preserve_rowcount=True)


@cache
def _update_by(table: Table, key: str, names: tuple[str, ...]) -> Any:
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return sql_update(table).where(table.c[key] == bindparam(_KEY)).values(values)


def _insert(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    module = postgresql if dialect == "postgresql" else sqlite
    return module.insert(table).values({name: bindparam(name) for name in names})
