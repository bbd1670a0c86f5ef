"""What is left of an SMS that did not come: who was refused, when, and for what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from core.domain.compose import SendType
from core.domain.ids import ContactId, PortalId
from core.domain.status import SmsStatus
from core.stores.schema import history, messages, optouts


@dataclass(frozen=True, slots=True, kw_only=True)
class Executions:
    """The executions that made a message for a contact."""

    count: int
    last_at: datetime | None


def executions(tx: Connection, portal_id: PortalId, contact_id: ContactId) -> Executions:
    """Return how many workflow executions made a message for a contact, and when the last did."""
    row = tx.execute(
        select(func.count(), func.max(messages.c.created_at)).where(
            messages.c.portal_id == portal_id,
            messages.c.contact_id == contact_id,
            messages.c.callback_id.is_not(None),
        )
    ).one()
    return Executions(count=row[0], last_at=row[1])


def opted_out_at(tx: Connection, portal_id: PortalId, phone: str) -> datetime | None:
    """Return when a number came on an account's list of opt-outs, or ``None``."""
    found = select(optouts.c.at).where(optouts.c.portal_id == portal_id, optouts.c.phone == phone)
    return tx.execute(found).scalar_one_or_none()


def last_detail(
    tx: Connection, portal_id: PortalId, detail: str, *, phone: str | None = None
) -> datetime | None:
    """Return when smsmode last said ``detail`` of an account's SMS, to ``phone`` if given."""
    return _last(tx, portal_id, history.c.detail == detail, phone)


def last_received(
    tx: Connection, portal_id: PortalId, *, phone: str | None = None, kind: SendType | None = None
) -> datetime | None:
    """Return when an account's SMS, of ``kind`` if given, last came to a phone, ``phone`` if given."""
    came = history.c.status == SmsStatus.RECEIVED
    return _last(tx, portal_id, came if kind is None else came & (messages.c.kind == kind), phone)


def last_recipient(tx: Connection, portal_id: PortalId, contact_id: ContactId) -> str | None:
    """Return the number of the last message to a contact, or ``None``."""
    found = (
        select(messages.c.recipient)
        .where(messages.c.portal_id == portal_id, messages.c.contact_id == contact_id)
        .order_by(messages.c.created_at.desc())
        .limit(1)
    )
    return tx.execute(found).scalar_one_or_none()


def _last(
    tx: Connection, portal_id: PortalId, condition: ColumnElement[bool], phone: str | None
) -> datetime | None:
    found = (
        select(func.max(history.c.at))
        .join_from(history, messages, history.c.message_id == messages.c.id)
        .where(messages.c.portal_id == portal_id, condition)
    )
    if phone is not None:
        found = found.where(messages.c.recipient == phone)
    return tx.execute(found).scalar_one_or_none()
