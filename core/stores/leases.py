"""Leases: what one worker does for all of them, and for a time at most."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from core.stores.schema import leases


def take(tx: Connection, name: str, *, now: datetime, until: datetime) -> bool:
    """Take a lease until it is dropped, or until ``until``; return whether nobody else has it."""
    asked = {"name": name, "now": now, "until": until}
    return tx.execute(_take(tx.dialect.name), asked).one_or_none() is not None


def drop(tx: Connection, name: str) -> None:
    """Give a lease back."""
    tx.execute(delete(leases).where(leases.c.name == name))


@cache
def _take(dialect: str) -> Any:
    module: Any = postgresql if dialect == "postgresql" else sqlite
    first = module.insert(leases).values(name=bindparam("name"), until=bindparam("until"))
    return first.on_conflict_do_update(
        index_elements=["name"],
        set_={"until": first.excluded.until},
        where=leases.c.until <= bindparam("now"),
    ).returning(leases.c.name)
