"""The SMS exchanged with a contact, both ways and on both channels."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from core.domain.card import Exchange, received, sent
from core.domain.compose import SendType
from core.domain.ids import ContactId, PortalId
from core.domain.status import SmsStatus
from core.stores.schema import messages, replies


def latest(
    tx: Connection, portal_id: PortalId, contact_id: ContactId, *, limit: int
) -> Sequence[Exchange]:
    """Return the last SMS exchanged with a contact, newest first."""
    ours = (
        select(messages)
        .where(messages.c.portal_id == portal_id, messages.c.contact_id == contact_id)
        .order_by(messages.c.created_at.desc(), messages.c.id)
        .limit(limit)
    )
    theirs = (
        select(replies, messages.c.kind)
        .join_from(replies, messages, replies.c.message_id == messages.c.id, isouter=True)
        .where(replies.c.portal_id == portal_id, replies.c.contact_id == contact_id)
        .order_by(replies.c.received_at.desc(), replies.c.id)
        .limit(limit)
    )
    found = [
        *(
            sent(
                message_id=row.id,
                at=row.created_at,
                kind=SendType(row.kind),
                text=row.text,
                status=SmsStatus(row.status),
                detail=row.detail,
            )
            for row in tx.execute(ours)
        ),
        *(
            received(
                reply_id=row.id,
                at=row.received_at,
                kind=None if row.kind is None else SendType(row.kind),
                text=row.text,
                stop=row.stop,
            )
            for row in tx.execute(theirs)
        ),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]


def count(tx: Connection, portal_id: PortalId, contact_id: ContactId) -> int:
    """Return how many SMS were exchanged with a contact in all."""
    return sum(
        tx.execute(
            select(func.count()).where(
                table.c.portal_id == portal_id, table.c.contact_id == contact_id
            )
        ).scalar_one()
        for table in (messages, replies)
    )
