"""Messages: one row an SMS, with the history of its statuses.

Who finds an SMS to write about has it to themselves until their transaction ends: where transactions
run side by side, what one of them learns would else be written over by another that has not seen it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from core.domain.compose import SendType, Source
from core.domain.gsm import Encoding
from core.domain.ids import CallbackId, ContactId, MessageId, PortalId, RefClient, SmsmodeId
from core.domain.status import SmsStatus
from core.stores.schema import history, messages
from core.stores.upsert import insert_new, update_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One SMS to one contact, from the moment it was promised.

    Args:
        id: Ours.
        callback_id: The workflow execution that waits for it, if any.
        ref_client: What smsmode knows it by before it has an id of smsmode's.
        source: Where it was asked for.
        text: What was sent; once smsmode has taken it, the text that smsmode acknowledged.
        characters: As counted by us, then as acknowledged.
        parts: As counted by us, then as billed.
        detail: What smsmode or we say beside the status.
        completed: Whether the workflow has been told the outcome.
        campaign: The name under which it waits for others that say the same, if it does.
        look_at: When smsmode is to be asked about it; ``None`` when nothing more can come.
    """

    id: MessageId
    portal_id: PortalId
    contact_id: ContactId
    callback_id: CallbackId | None
    ref_client: RefClient
    kind: SendType
    recipient: str
    sender: str | None
    text: str
    encoding: Encoding
    stop: bool
    characters: int
    parts: int
    created_at: datetime
    source: Source = Source.WORKFLOW
    smsmode_id: SmsmodeId | None = None
    status: SmsStatus = SmsStatus.ACCEPTED
    detail: str = ""
    completed: bool = False
    campaign: str | None = None
    look_at: datetime | None = None

    @property
    def is_erased(self) -> bool:
        """Whether its recipient asked to be forgotten: only its figures are left."""
        return not self.contact_id


def add(tx: Connection, message: Message) -> None:
    """Write a new message."""
    tx.execute(_ADD, {name: getattr(message, name) for name in messages.columns.keys()})  # noqa: SIM118 - iterating gives the columns


def find(tx: Connection, message_id: MessageId) -> Message | None:
    """Return a message by our id, or ``None``."""
    return _one(tx, _BY_ID, message_id)


def find_all(tx: Connection, ids: Sequence[MessageId]) -> list[Message]:
    """Return the messages of some of our ids, oldest first, all to oneself at once.

    One after the other, somebody else could have a later one and wait for an earlier.
    """
    return [_message(row) for row in tx.execute(_BY_IDS, {"ids": ids})]


def find_by_smsmode_id(tx: Connection, smsmode_id: str) -> Message | None:
    """Return a message by smsmode's id, or ``None``."""
    return _one(tx, _BY_SMSMODE_ID, smsmode_id)


def find_by_ref(tx: Connection, ref_client: str) -> Message | None:
    """Return a message by its reference, or ``None``."""
    return _one(tx, _BY_REF, ref_client)


def find_last_to(tx: Connection, portal_id: PortalId, recipient: str) -> Message | None:
    """Return the last message that an account sent to a number, or ``None``."""
    row = tx.execute(_LAST_TO, {"portal_id": portal_id, "recipient": recipient}).one_or_none()
    return None if row is None else _message(row)


def latest(tx: Connection, portal_id: PortalId, *, limit: int = 50) -> Sequence[Message]:
    """Return an account's last messages, newest first."""
    found = (
        select(messages)
        .where(messages.c.portal_id == portal_id)
        .order_by(messages.c.created_at.desc(), messages.c.id)
        .limit(limit)
    )
    return [_message(row) for row in tx.execute(found)]


def of_campaign(tx: Connection, name: str, *, limit: int) -> list[Message]:
    """Return the oldest messages that wait to be sent under a name, all to oneself at once."""
    rows = tx.execute(_OF_CAMPAIGN, {"name": name, "limit": limit})
    return [_message(row) for row in rows]


def unsent_to(
    tx: Connection, portal_id: PortalId, contact_id: ContactId, kind: SendType
) -> list[Message]:
    """Return a contact's messages of a kind that may still be sent, oldest first.

    They wait for it, or were refused: of these, the operator may replay what was given up.
    """
    asked = {"portal_id": portal_id, "contact_id": contact_id, "kind": kind}
    return [_message(row) for row in tx.execute(_UNSENT_TO, asked)]


def to_look_at(tx: Connection, portal_id: PortalId, *, now: datetime, limit: int) -> list[Message]:
    """Return an account's messages that smsmode is to be asked about by now."""
    rows = tx.execute(_TO_LOOK_AT, {"portal_id": portal_id, "now": now, "limit": limit})
    return [_message(row) for row in rows]


def next_look(tx: Connection, portal_id: PortalId) -> datetime | None:
    """Return when smsmode is next to be asked about a message of an account, or ``None``."""
    found: datetime | None = tx.execute(_NEXT_LOOK, {"portal_id": portal_id}).scalar_one()
    return found


def change(tx: Connection, message_id: MessageId, **values: Any) -> None:
    """Write new values of a message's columns."""
    update_by(tx, messages, "id", message_id, **values)


def reopen(tx: Connection, message_id: MessageId) -> None:
    """Have a message that was refused, and never sent as far as we know, be sent after all."""
    message = find(tx, message_id)
    if message is None or message.is_erased or message.smsmode_id is not None:
        return
    if message.status is SmsStatus.REFUSED:
        change(tx, message_id, status=SmsStatus.ACCEPTED, detail="")


def record_status(
    tx: Connection, message_id: MessageId, status: SmsStatus, *, at: datetime, detail: str
) -> bool:
    """Write that a message reached a status; return whether this is news."""
    values = {"message_id": message_id, "status": status, "at": at, "detail": detail}
    return insert_new(tx, history, values)


_ADD = messages.insert()
_BY_ID, _BY_SMSMODE_ID, _BY_REF = (
    select(messages).where(column == bindparam("key")).with_for_update(key_share=True)
    for column in (messages.c.id, messages.c.smsmode_id, messages.c.ref_client)
)
# Whoever has several to themselves takes them in this order: nobody waits in a circle.
_IN_ORDER = (messages.c.created_at, messages.c.ref_client)
_BY_IDS = (
    select(messages)
    .where(messages.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(*_IN_ORDER)
    .with_for_update(key_share=True)
)
_LAST_TO = (
    select(messages)
    .where(
        messages.c.portal_id == bindparam("portal_id"),
        messages.c.recipient == bindparam("recipient"),
    )
    .order_by(messages.c.created_at.desc())
    .limit(1)
)
_WAITING = (SmsStatus.ACCEPTED.value, SmsStatus.SCHEDULED.value)
_IS_UNSENT = (messages.c.status.in_(_WAITING), messages.c.smsmode_id.is_(None))
_UNSENT_TO = (
    select(messages)
    .where(
        messages.c.portal_id == bindparam("portal_id"),
        messages.c.contact_id == bindparam("contact_id"),
        messages.c.kind == bindparam("kind"),
        messages.c.status.in_((*_WAITING, SmsStatus.REFUSED.value)),
        messages.c.smsmode_id.is_(None),
    )
    .order_by(*_IN_ORDER)
    .with_for_update(key_share=True)
)
_OF_CAMPAIGN = (
    select(messages)
    .where(messages.c.campaign == bindparam("name"), *_IS_UNSENT)
    .order_by(*_IN_ORDER)
    .limit(bindparam("limit"))
    .with_for_update(key_share=True)
)
_TO_LOOK_AT = (
    select(messages)
    .where(messages.c.portal_id == bindparam("portal_id"), messages.c.look_at <= bindparam("now"))
    .order_by(messages.c.look_at, messages.c.id)
    .limit(bindparam("limit"))
)
_NEXT_LOOK = select(func.min(messages.c.look_at)).where(
    messages.c.portal_id == bindparam("portal_id"), messages.c.look_at.is_not(None)
)


def _one(tx: Connection, statement: Select[Any], key: str) -> Message | None:
    row = tx.execute(statement, {"key": key}).one_or_none()
    return None if row is None else _message(row)


def _message(row: Row[Any]) -> Message:
    values = dict(row._mapping)  # noqa: SLF001 - the documented way to a row's mapping
    values["source"] = Source(values["source"])
    values["kind"] = SendType(values["kind"])
    values["encoding"] = Encoding(values["encoding"])
    values["status"] = SmsStatus(values["status"])
    return Message(**values)
