"""Erasing: what concerns a person or an account goes, and the figures stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    bindparam,
    delete,
    func,
    select,
    type_coerce,
    update,
)

from core.domain.ids import ContactId, PortalId
from core.domain.status import SmsStatus
from core.stores.columns import Moment
from core.stores.job_tables import jobs
from core.stores.outgoing import OutgoingKind
from core.stores.schema import (
    history,
    inbox,
    installs,
    messages,
    oauth_states,
    optouts,
    outgoing,
    refusals,
    replies,
    steps,
    templates,
    tickets,
)

_DAY = 24 * 3600 * 1_000_000
_UNSENT = (SmsStatus.ACCEPTED.value, SmsStatus.SCHEDULED.value)
_NOBODY = {"contact_id": "", "recipient": "", "text": "", "detail": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many SMS of a day came to the same end with as many parts.

    Args:
        day: Its first moment, in UTC.
        status: Where they stand.
        parts: How many SMS each was billed as.
        count: How many there are.
    """

    day: datetime
    status: SmsStatus
    parts: int
    count: int


def erase_contact(tx: Connection, portal_id: PortalId, contact_id: ContactId) -> int:
    """Forget a contact, and return how many of its messages are now nobody's.

    Of a message there stay its day, its status, its parts and the vendors' own ids, by which late
    reports still find it; what was not sent yet never will be. The opt-out of a number that nobody
    else has goes too: smsmode's own list still holds it.
    """
    whose = {"portal": portal_id, "contact": contact_id}
    phones = {*tx.execute(_RECIPIENTS, whose).scalars(), *tx.execute(_SENDERS, whose).scalars()}
    shared = set(tx.execute(_SHARED, {**whose, "phones": sorted(phones)}).scalars())
    alone = {"portal": portal_id, "phones": sorted(phones - shared)}
    tx.execute(_NEWS, {"portal": portal_id, "about": f'%"contact": "{contact_id}"%'})
    tx.execute(_ENDS, whose)
    tx.execute(_OPTOUTS, alone)
    tx.execute(_UNCLAIMED, alone)
    tx.execute(_REPLIES, whose)
    tx.execute(_REFUSALS, whose)
    tx.execute(_CALL_OFF, whose)
    tx.execute(_REASONS, whose)
    return tx.execute(_MESSAGES, whose).rowcount


def erase_account(tx: Connection, portal_id: PortalId) -> None:
    """Forget an account and all that was done for it."""
    mine = select(messages.c.id).where(messages.c.portal_id == portal_id)
    used = select(tickets.c.ticket).where(tickets.c.portal_id == portal_id)
    tx.execute(delete(history).where(history.c.message_id.in_(mine)))
    tx.execute(delete(steps).where(steps.c.item.in_(mine)))
    tx.execute(delete(oauth_states).where(oauth_states.c.ticket.in_(used)))
    own = (replies, messages, inbox, optouts, outgoing, refusals, templates, tickets, installs)
    for table in own:
        tx.execute(delete(table).where(table.c.portal_id == portal_id))
    # What still waits finds nothing to do; what was given up would be listed for ever.
    given_up = (jobs.c.queue_name == str(portal_id), jobs.c.status == "failed")
    tx.execute(delete(jobs).where(*given_up))


def figures(tx: Connection, portal_id: PortalId) -> list[Figure]:
    """Return an account's figures, oldest first; the SMS of whoever was forgotten still count."""
    return [
        Figure(day=row.day, status=SmsStatus(row.status), parts=row.parts, count=row.total)
        for row in tx.execute(_FIGURES, {"portal": portal_id})
    ]


_PORTAL: BindParameter[int] = bindparam("portal")
_CONTACT: BindParameter[str] = bindparam("contact")
_MINE = (messages.c.portal_id == _PORTAL, messages.c.contact_id == _CONTACT)
_THEIRS = (replies.c.portal_id == _PORTAL, replies.c.contact_id == _CONTACT)

_RECIPIENTS = select(messages.c.recipient).where(*_MINE).distinct()
_SENDERS = select(replies.c.phone).where(*_THEIRS).distinct()
_PHONES: BindParameter[Sequence[str]] = bindparam("phones", expanding=True)
_SHARED = (
    select(messages.c.recipient)
    .where(
        messages.c.portal_id == _PORTAL,
        messages.c.contact_id != _CONTACT,
        messages.c.recipient.in_(_PHONES),
    )
    .distinct()
)
_NEWS = delete(outgoing).where(
    outgoing.c.portal_id == _PORTAL, outgoing.c.body.like(bindparam("about"))
)
_ENDS = delete(outgoing).where(
    outgoing.c.kind == OutgoingKind.COMPLETION.value,
    outgoing.c.key.in_(select(messages.c.callback_id).where(*_MINE)),
)
_OPTOUTS = delete(optouts).where(optouts.c.portal_id == _PORTAL, optouts.c.phone.in_(_PHONES))
_UNCLAIMED = delete(replies).where(
    replies.c.portal_id == _PORTAL, replies.c.contact_id.is_(None), replies.c.phone.in_(_PHONES)
)
_REPLIES = delete(replies).where(*_THEIRS)
_REFUSALS = delete(refusals).where(
    refusals.c.portal_id == _PORTAL, refusals.c.contact_id == _CONTACT
)
_CALL_OFF = (
    update(messages)
    .where(*_MINE, messages.c.status.in_(_UNSENT))
    .values(status=SmsStatus.REFUSED.value)
)
_REASONS = (  # what smsmode or we said of a refusal may name the number; codes do not
    update(history)
    .where(
        history.c.message_id.in_(select(messages.c.id).where(*_MINE)),
        history.c.status == SmsStatus.REFUSED.value,
    )
    .values(detail="")
)
_MESSAGES = update(messages).where(*_MINE).values(**_NOBODY)

_CREATED = type_coerce(messages.c.created_at, BigInteger)
_WHEN = type_coerce(_CREATED - _CREATED % _DAY, Moment).label("day")
_FIGURES = (
    select(_WHEN, messages.c.status, messages.c.parts, func.count().label("total"))
    .where(messages.c.portal_id == _PORTAL)
    .group_by("day", messages.c.status, messages.c.parts)
    .order_by("day", messages.c.status, messages.c.parts)
)
