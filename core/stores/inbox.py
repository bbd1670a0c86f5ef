"""The inbox: each thing that a vendor tells is written down once, by the vendor's own key."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from core.domain.ids import PortalId
from core.stores.schema import inbox, optouts, replies
from core.stores.upsert import insert_new, update_by


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


def receive(tx: Connection, key: str, portal_id: PortalId, *, at: datetime) -> bool:
    """Write down that something came under ``key``; return whether it came for the first time.

    What it says is written down by whoever reads it: a copy would outlive what is erased.
    """
    values = {"key": key, "portal_id": portal_id, "payload": b"", "received_at": at}
    return insert_new(tx, inbox, values)


def answer_with(tx: Connection, key: str, answer: str) -> None:
    """Write down what was answered, so that a repeat is answered alike."""
    update_by(tx, inbox, "key", key, answer=answer)


def find_answer(tx: Connection, key: str) -> str | None:
    """Return what was answered the first time, or ``None``."""
    return tx.execute(_ANSWER, {"key": key}).scalar_one_or_none()


def park(tx: Connection, key: str, smsmode_id: str, payload: bytes) -> None:
    """Set aside a report about an SMS that the core does not know yet."""
    update_by(tx, inbox, "key", key, parked_for=smsmode_id, payload=payload)


def unpark(tx: Connection, portal_id: PortalId, smsmode_id: str) -> list[bytes]:
    """Return what an account set aside for ``smsmode_id``, oldest first; it is so no more."""
    named = {"smsmode_id": smsmode_id, "portal": portal_id}
    payloads = list(tx.execute(_PARKED, named).scalars())
    if payloads:
        tx.execute(_UNPARK, named)
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


def unclaimed(tx: Connection, portal_id: PortalId) -> list[str]:
    """Return the replies to an account of which nobody knows yet whose they are, oldest first."""
    found = (
        select(replies.c.id)
        .where(replies.c.portal_id == portal_id, replies.c.contact_id.is_(None))
        .order_by(replies.c.received_at, replies.c.id)
    )
    return list(tx.execute(found).scalars())


def drop_reply(tx: Connection, reply_id: str) -> None:
    """Forget a reply that is nobody's; that it came is still known."""
    tx.execute(delete(replies).where(replies.c.id == reply_id))


def attribute(tx: Connection, reply_id: str, contact_id: str) -> None:
    """Write down whose reply it is."""
    update_by(tx, replies, "id", reply_id, contact_id=contact_id)


def opt_out(tx: Connection, portal_id: PortalId, phone: str, *, at: datetime, origin: str) -> bool:
    """Write down that a number wants no more promotional SMS; return whether this is news."""
    values = {"portal_id": portal_id, "phone": phone, "at": at, "origin": origin}
    return insert_new(tx, optouts, values)


def opt_in(tx: Connection, portal_id: PortalId, phone: str) -> bool:
    """Take a number off the list of those that want no promotional SMS; return whether it was on it."""
    listed = (optouts.c.portal_id == portal_id, optouts.c.phone == phone)
    return tx.execute(delete(optouts).where(*listed)).rowcount == 1


def has_opted_out(tx: Connection, portal_id: PortalId, phone: str) -> bool:
    """Return whether a number wants no promotional SMS from this account."""
    return tx.execute(_OPT_OUT, {"portal": portal_id, "phone": phone}).one_or_none() is not None


_ANSWER = select(inbox.c.answer).where(inbox.c.key == bindparam("key"))
_IS_PARKED = (
    inbox.c.parked_for == bindparam("smsmode_id"),
    inbox.c.portal_id == bindparam("portal"),
)
_PARKED = select(inbox.c.payload).where(*_IS_PARKED).order_by(inbox.c.received_at, inbox.c.key)
_UNPARK = update(inbox).where(*_IS_PARKED).values(parked_for=None, payload=b"")
_OPT_OUT = select(optouts.c.at).where(
    optouts.c.portal_id == bindparam("portal"), optouts.c.phone == bindparam("phone")
)
