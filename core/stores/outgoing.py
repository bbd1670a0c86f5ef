"""What HubSpot is to be told, until it has been told: events, completions, property values."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Delete,
    Select,
    Update,
    bindparam,
    delete,
    select,
    union_all,
    update,
)

from core.domain.ids import PortalId
from core.stores.schema import outgoing
from core.stores.upsert import insert_new

D = TypeVar("D", Update, Delete)


class OutgoingKind(StrEnum):
    """What is told, in the order in which it goes out."""

    COMPLETION = "completion"
    PROPERTIES = "properties"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One thing to tell HubSpot.

    Args:
        id: Its place in the queue.
        key: What it is about; the same thing twice goes out once.
        body: Its JSON-ready fields.
        at: Since when it waits.
        company: In how large a batch it may go, if HubSpot refused it in a larger one.
    """

    id: int
    key: str
    body: Mapping[str, Any]
    at: datetime
    company: int | None = None


def add(
    tx: Connection,
    portal_id: PortalId,
    kind: OutgoingKind,
    key: str,
    body: Mapping[str, Any],
    *,
    at: datetime,
) -> bool:
    """Write down something to tell; return whether it was not waiting already."""
    text = json.dumps(body, ensure_ascii=False)
    values = {"portal_id": portal_id, "kind": kind, "key": key, "body": text, "created_at": at}
    return insert_new(tx, outgoing, values)


def waiting(
    tx: Connection, portal_id: PortalId, *, limit: int
) -> Mapping[OutgoingKind, Sequence[Outgoing]]:
    """Return the ``limit`` oldest things of each kind that an account is to be told."""
    found: dict[OutgoingKind, list[Outgoing]] = {kind: [] for kind in OutgoingKind}
    for row in tx.execute(_WAITING, {"portal": portal_id, "limit": limit}):
        found[OutgoingKind(row.kind)].append(
            Outgoing(
                id=row.id,
                key=row.key,
                body=json.loads(row.body),
                at=row.created_at,
                company=row.company,
            )
        )
    return found


def separate(tx: Connection, ids: Sequence[int], company: int) -> None:
    """Have what was refused together go in batches of at most ``company``."""
    tx.execute(_SEPARATE, {"ids": ids, "company": company})


def forget(tx: Connection, ids: Sequence[int]) -> None:
    """Strike out what has been told."""
    tx.execute(_FORGET, {"ids": ids})


def bury(tx: Connection, row_id: int, reason: str) -> None:
    """Keep what HubSpot will never take, with its reason, for the operator."""
    tx.execute(update(outgoing).where(outgoing.c.id == row_id).values(dead=reason))


def revive(tx: Connection, keys: Collection[str]) -> tuple[int, list[PortalId]]:
    """Have what HubSpot refused for good told again, alone.

    Returns:
        How much that is, and the accounts that it is of.
    """
    again = _refused(update(outgoing), keys).values(dead=None, company=1)
    rows = tx.execute(again.returning(outgoing.c.portal_id)).all()
    return len(rows), sorted({PortalId(row.portal_id) for row in rows})


def discard(tx: Connection, keys: Collection[str]) -> int:
    """Strike out what HubSpot refused for good, and return how much that is."""
    return tx.execute(_refused(delete(outgoing), keys)).rowcount


def buried(tx: Connection) -> list[tuple[str, str]]:
    """Return what HubSpot refused for good, as (key, reason), oldest first."""
    found = (
        select(outgoing.c.key, outgoing.c.dead)
        .where(outgoing.c.dead.is_not(None))
        .order_by(outgoing.c.id)
    )
    return [(row.key, row.dead) for row in tx.execute(found)]


def _oldest(kind: OutgoingKind) -> Select[Any]:
    waits = (
        outgoing.c.portal_id == bindparam("portal"),
        outgoing.c.kind == kind.value,
        outgoing.c.dead.is_(None),
    )
    columns = ("id", "kind", "key", "body", "created_at", "company")
    found = select(*(outgoing.c[name] for name in columns)).where(*waits)
    return select(found.order_by(outgoing.c.id).limit(bindparam("limit")).subquery())


def _refused(what: D, keys: Collection[str]) -> D:
    return what.where(outgoing.c.key.in_(keys), outgoing.c.dead.is_not(None))


_WAITING = union_all(*map(_oldest, OutgoingKind)).order_by("id")
_SEPARATE = (
    update(outgoing)
    .where(outgoing.c.id.in_(bindparam("ids", expanding=True)))
    .values(company=bindparam("company"))
)
_FORGET = delete(outgoing).where(outgoing.c.id.in_(bindparam("ids", expanding=True)))
