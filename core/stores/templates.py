"""The card's templates: one row an account, saved whole or not at all."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import orjson
from sqlalchemy import Connection, select, update

from core.domain.ids import PortalId
from core.domain.templates import Template, TemplateSet
from core.stores.schema import templates
from core.stores.upsert import insert_new


def find(tx: Connection, portal_id: PortalId) -> TemplateSet:
    """Return an account's templates; none, at version 0, when nobody has saved any."""
    row = tx.execute(select(templates).where(templates.c.portal_id == portal_id)).one_or_none()
    if row is None:
        return TemplateSet()
    return TemplateSet(
        version=row.version,
        templates=tuple(Template(**entry) for entry in orjson.loads(row.entries)),
        saved_by=row.saved_by,
        saved_at=row.saved_at,
    )


def save(
    tx: Connection,
    portal_id: PortalId,
    entries: Sequence[Template],
    *,
    expected: int,
    by: str,
    at: datetime,
) -> bool:
    """Write an account's templates, unless they were saved since version ``expected``.

    Returns:
        Whether they were written.
    """
    values = {
        "version": expected + 1,
        "entries": orjson.dumps([asdict(entry) for entry in entries]).decode(),
        "saved_by": by,
        "saved_at": at,
    }
    if expected == 0:
        return insert_new(tx, templates, {"portal_id": portal_id, **values})
    same = (templates.c.portal_id == portal_id, templates.c.version == expected)
    return tx.execute(update(templates).where(*same).values(values)).rowcount == 1
