"""Executions that made no message: whose they were, when, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from core.domain.ids import CallbackId, ContactId, PortalId
from core.domain.refusals import Refusal
from core.stores.schema import refusals
from core.stores.upsert import insert_new


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedExecution:
    """One execution that was refused."""

    callback_id: CallbackId
    portal_id: PortalId
    contact_id: ContactId
    code: Refusal
    at: datetime


def add(tx: Connection, refused: RefusedExecution) -> None:
    """Write down an execution that was refused."""
    values = {name: getattr(refused, name) for name in refusals.columns.keys()}  # noqa: SIM118 - iterating gives the columns
    insert_new(tx, refusals, values)


def of_contact(
    tx: Connection, portal_id: PortalId, contact_id: ContactId, *, limit: int = 50
) -> Sequence[RefusedExecution]:
    """Return a contact's last refused executions, newest first."""
    asked = {"portal": portal_id, "contact": contact_id, "limit": limit}
    return [
        RefusedExecution(
            callback_id=row.callback_id,
            portal_id=row.portal_id,
            contact_id=row.contact_id,
            code=Refusal(row.code),
            at=row.at,
        )
        for row in tx.execute(_OF_CONTACT, asked)
    ]


_OF_CONTACT = (
    select(refusals)
    .where(
        refusals.c.portal_id == bindparam("portal"),
        refusals.c.contact_id == bindparam("contact"),
    )
    .order_by(refusals.c.at.desc(), refusals.c.callback_id)
    .limit(bindparam("limit"))
)
