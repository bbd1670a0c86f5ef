"""The inbox: each thing that a vendor tells is written down once, by the vendor's own key."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from core.domain.ids import PortalId
from core.stores.schema import inbox, optouts, replies
from core.stores.upsert import insert_new


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a recipient answered.

    Args:
        id: smsmode's.
        contact_id: Whose it is; ``None`` until somebody is found who has the number.
        message_id: The SMS that was replied to, if any is known.
        stop: Whether it asks for no more promotional SMS.
    """

    id: str
    portal_id: int
    contact_id: str | None
    message_id: str | None
    phone: str
    text: str
    stop: bool
    received_at: datetime


def receive(tx: Connection, key: str, portal_id: PortalId, payload: bytes, *, at: datetime) -> bool:
    """Write down what came under ``key``; return whether it came for the first time."""
    values = {"key": key, "portal_id": portal_id, "payload": payload, "received_at": at}
    return insert_new(tx, inbox, values)


def answer_with(tx: Connection, key: str, answer: str) -> None:
    """Write down what was answered, so that a repeat is answered alike."""
    tx.execute(update(inbox).where(inbox.c.key == key).values(answer=answer))


def find_answer(tx: Connection, key: str) -> str | None:
    """Return what was answered the first time, or ``None``."""
    return tx.execute(select(inbox.c.answer).where(inbox.c.key == key)).scalar_one_or_none()


def park(tx: Connection, key: str, smsmode_id: str) -> None:
    """Set aside a report about an SMS that the core does not know yet."""
    tx.execute(update(inbox).where(inbox.c.key == key).values(parked_for=smsmode_id))


def unpark(tx: Connection, portal_id: PortalId, smsmode_id: str) -> list[bytes]:
    """Return what an account set aside for ``smsmode_id``, oldest first; it is so no more."""
    parked = (inbox.c.parked_for == smsmode_id, inbox.c.portal_id == portal_id)
    found = select(inbox.c.payload).where(*parked).order_by(inbox.c.received_at, inbox.c.key)
    payloads = list(tx.execute(found).scalars())
    if payloads:
        tx.execute(update(inbox).where(*parked).values(parked_for=None))
    return payloads


def add_reply(tx: Connection, reply: Reply) -> None:
    """Write down a reply."""
    insert_new(
        tx, replies, {column.name: getattr(reply, column.name) for column in replies.columns}
    )


def find_reply(tx: Connection, reply_id: str) -> Reply | None:
    """Return a reply by smsmode's id, or ``None``."""
    row = tx.execute(select(replies).where(replies.c.id == reply_id)).one_or_none()
    return None if row is None else Reply(**row._mapping)  # noqa: SLF001 - the documented way


def attribute(tx: Connection, reply_id: str, contact_id: str) -> None:
    """Write down whose reply it is."""
    tx.execute(update(replies).where(replies.c.id == reply_id).values(contact_id=contact_id))


def opt_out(tx: Connection, portal_id: PortalId, phone: str, *, at: datetime, origin: str) -> bool:
    """Write down that a number wants no more promotional SMS; return whether this is news."""
    values = {"portal_id": portal_id, "phone": phone, "at": at, "origin": origin}
    return insert_new(tx, optouts, values)


def has_opted_out(tx: Connection, portal_id: PortalId, phone: str) -> bool:
    """Return whether a number wants no promotional SMS from this account."""
    found = select(optouts.c.at).where(optouts.c.portal_id == portal_id, optouts.c.phone == phone)
    return tx.execute(found).one_or_none() is not None
