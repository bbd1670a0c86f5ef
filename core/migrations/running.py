"""Bringing the tables to this release, and telling whether they are."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from core.stores.creating import create_tables

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0006"
"""The last step: what the tables of this release are."""

_TABLE = "alembic_version"
_CREATE = f"CREATE TABLE {_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
_STAMP = f"INSERT INTO {_TABLE} (version_num) VALUES ('{HEAD}')"  # noqa: S608 - constants of ours
_READ = f"SELECT version_num FROM {_TABLE}"  # noqa: S608 - a constant of ours

_ALONE = "SELECT pg_advisory_xact_lock(7263046)"
"""Two that migrate at once would each take the same steps; the number is ours alone."""


class StaleSchemaError(RuntimeError):
    """The tables are not those of this release.

    Args:
        found: The step that they are at, ``None`` where there are none.
    """

    code = "stale_schema"

    def __init__(self, found: str | None) -> None:
        state = "has no tables yet" if found is None else f"is at step {found}"
        self.found = found
        self.todo = "run `python -m core migrate` first"
        if _is_later(found):
            self.todo = "start the release that made it, or a later one"
        super().__init__(f"the database {state}, and this release needs step {HEAD}: {self.todo}")


def found_version(tx: Connection) -> str | None:
    """Return the step that the tables are at, or ``None`` where there are none."""
    if not inspect(tx).has_table(_TABLE):
        return None
    version: str | None = tx.exec_driver_sql(_READ).scalar_one_or_none()
    return version


def create(tx: Connection) -> None:
    """Make the tables of this release where there are none: what all the steps come to."""
    create_tables(tx)
    tx.exec_driver_sql(_CREATE)
    tx.exec_driver_sql(_STAMP)


def migrate(tx: Connection) -> str | None:
    """Take the steps that are missing, and return the one that the tables were at before.

    Raises:
        StaleSchemaError: A later release made the tables: there is no way back.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("SET LOCAL statement_timeout = 0")
        tx.exec_driver_sql(_ALONE)
    found = found_version(tx)
    if _is_later(found):
        raise StaleSchemaError(found)
    if found != HEAD:
        from alembic import command  # noqa: PLC0415 - a start that has no step to take goes without

        command.upgrade(configuration(tx), "head")
    return found


def _is_later(found: str | None) -> bool:
    """Return whether a step is one that this release does not know yet: they are numbered."""
    return found is not None and found > HEAD


def check(tx: Connection) -> None:
    """Return when the tables are those of this release.

    Raises:
        StaleSchemaError: They are not.
    """
    if (found := found_version(tx)) != HEAD:
        raise StaleSchemaError(found)


def bring_up(tx: Connection) -> None:
    """Make the tables where there are none, and take the steps that are missing otherwise.

    Raises:
        StaleSchemaError: A later release made the tables: there is no way back.
    """
    if inspect(tx).has_table(_TABLE):
        migrate(tx)
    else:
        create(tx)


def configuration(tx: Connection) -> "Config":
    """Return what Alembic needs to know."""
    from alembic.config import Config  # noqa: PLC0415 - see migrate

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = tx
    return config
