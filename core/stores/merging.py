"""Merging: contacts that became one on HubSpot are one here, with all that was done for each."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from core.domain.ids import ContactId, PortalId
from core.stores.schema import messages, outgoing, refusals, replies


def merge_contacts(
    tx: Connection, portal_id: PortalId, former: Sequence[ContactId], into: ContactId
) -> int:
    """Give all that is known of the ``former`` contacts to ``into``; return how many SMS, both ways."""
    moved = 0
    for table in (messages, replies, refusals):
        theirs = (table.c.portal_id == portal_id, table.c.contact_id.in_(former))
        found = tx.execute(update(table).where(*theirs).values(contact_id=into)).rowcount
        moved += found if table is not refusals else 0  # a refused execution made no SMS
    for contact_id in former:
        _readdress(tx, portal_id, contact_id, into)
    return moved


def _readdress(tx: Connection, portal_id: PortalId, former: ContactId, into: ContactId) -> None:
    """Have what waits to be told of a contact told of another."""
    waiting = select(outgoing.c.id, outgoing.c.body).where(
        outgoing.c.portal_id == portal_id, outgoing.c.body.like(f'%"contact": "{former}"%')
    )
    for row in tx.execute(waiting).all():
        body = json.dumps({**json.loads(row.body), "contact": into}, ensure_ascii=False)
        tx.execute(update(outgoing).where(outgoing.c.id == row.id).values(body=body))
