"""Alembic's entry: it migrates over the connection that it is given, in the caller's transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from core.stores.columns import Moment
from core.stores.schema import metadata


def _write_type(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our own type as what it is to the database: a step outlives the types of its day."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
    render_item=_write_type,
)
with context.begin_transaction():
    context.run_migrations()
