"""Replies: whose they are, what they say, and STOP."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from core.clients.hubspot import HubSpot
from core.domain.errors import AccessRevokedError, ProviderError
from core.domain.ids import ContactId, PortalId
from core.domain.phone import masked
from core.ports import Clock, Database, Done, Outcome, Task, WorkQueue
from core.services.desk import Desk
from core.services.opting_out import OptingOut
from core.services.retrying import again
from core.stores import inbox, messages
from core.stores.installs import Install
from core.stores.messages import Message
from core.wire import hubspot_crm, smsmode_inbound
from core.wire.hubspot_paths import Paths
from core.wire.hubspot_templates import REPLY_TEMPLATE, STOP_TEMPLATE
from core.wire.smsmode_inbound import Inbound

log = logging.getLogger(__name__)

IDENTIFY = "identify"
"""The kind of the job that finds the contact of a reply to no SMS of ours."""


@dataclass(frozen=True, slots=True)
class Replying:
    """Takes what recipients answer.

    Args:
        database: Where it is written down.
        clock: What o'clock it is.
        queue: Where the search for an unknown sender is promised.
        desk: Where HubSpot's news is written down.
        opting_out: Heeds a STOP.
        hubspot: Who knows the contacts.
        paths: The edition's paths.
    """

    database: Database
    clock: Clock
    queue: WorkQueue
    desk: Desk
    opting_out: OptingOut
    hubspot: HubSpot
    paths: Paths

    async def accept(self, install: Install, raw: bytes) -> None:
        """Write down a reply; the same reply twice does nothing more.

        Raises:
            MalformedRequestError: It cannot be read.
        """
        reply = smsmode_inbound.parse(raw)
        await self.database.run(lambda tx: self._accept(tx, install, reply))

    async def identify(self, task: Task) -> Outcome:
        """Find the contact of the reply that ``task`` names, and show the reply there."""
        found = await self.database.run(lambda tx: inbox.find_reply(tx, task.item))
        if found is None or found.contact_id is not None:
            return Done()
        portal_id = PortalId(found.portal_id)
        try:
            answer = await self.hubspot.as_account(
                portal_id, hubspot_crm.find_by_phone(self.paths, found.phone)
            )
            contact_id = hubspot_crm.parse_first_contact(answer.body)
        except AccessRevokedError:
            return Done()
        except ProviderError as exc:
            return again(task, exc, now=self.clock.now())
        if contact_id is None:
            # Whoever wrote it is no contact, or is one no more and asked to be forgotten.
            log.info("reply.unclaimed", extra={"reply_id": task.item})
            await self.database.run(lambda tx: inbox.drop_reply(tx, task.item))
            return Done()
        await self.database.run(lambda tx: self._attribute(tx, found, ContactId(contact_id)))
        return Done()

    def resume(self, tx: Connection, portal_id: PortalId) -> None:
        """Promise anew the search for the senders of replies that came while an account was away."""
        for reply_id in inbox.unclaimed(tx, portal_id):
            self.queue.enqueue(tx, IDENTIFY, reply_id, account=portal_id)

    def _accept(self, tx: Connection, install: Install, reply: Inbound) -> None:
        portal_id, now = install.portal_id, self.clock.now()
        if not inbox.receive(tx, f"reply:{reply.id}", portal_id, at=now):
            return
        origin = _origin(tx, portal_id, reply)
        at = reply.at or now
        stored = inbox.Reply(
            id=reply.id,
            portal_id=portal_id,
            contact_id=None if origin is None else origin.contact_id,
            message_id=None if origin is None else origin.id,
            phone=reply.phone,
            text=reply.text,
            stop=reply.stop,
            received_at=at,
        )
        inbox.add_reply(tx, stored)
        log.info("reply.received", extra={"from": masked(reply.phone), "stop": reply.stop})
        if reply.stop:
            self._opt_out(tx, stored, at)
        if origin is None:
            self.queue.enqueue(tx, IDENTIFY, reply.id, account=portal_id)
        else:
            self._show(tx, stored, origin.contact_id)

    def _opt_out(self, tx: Connection, reply: inbox.Reply, at: datetime) -> None:
        self.opting_out.heed(
            tx,
            PortalId(reply.portal_id),
            reply.phone,
            contact_id=None if reply.contact_id is None else ContactId(reply.contact_id),
            at=at,
            cause=reply.id,
        )

    def _attribute(self, tx: Connection, reply: inbox.Reply, contact_id: ContactId) -> None:
        inbox.attribute(tx, reply.id, contact_id)
        if reply.stop:
            self.opting_out.show(tx, PortalId(reply.portal_id), contact_id, cause=reply.id)
        self._show(tx, reply, contact_id)

    def _show(self, tx: Connection, reply: inbox.Reply, contact_id: ContactId) -> None:
        self.desk.event(
            tx,
            PortalId(reply.portal_id),
            key=reply.id,
            template=STOP_TEMPLATE if reply.stop else REPLY_TEMPLATE,
            contact_id=contact_id,
            at=reply.received_at,
            tokens={"texte": reply.text, "telephone": reply.phone},
        )


def _origin(tx: Connection, portal_id: PortalId, reply: Inbound) -> Message | None:
    """Return the SMS that was replied to: as smsmode says, else the last one to that number."""
    found = None
    if reply.origin_id is not None:
        found = messages.find_by_smsmode_id(tx, reply.origin_id)
    if found is None and reply.ref_client is not None:
        found = messages.find_by_ref(tx, reply.ref_client)
    if found is None or found.portal_id != portal_id or found.is_erased:
        found = messages.find_last_to(tx, portal_id, reply.phone)
    return found
