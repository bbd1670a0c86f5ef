"""Delivery reports: written down once each, applied at once, or parked until the SMS is known."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from core.domain.ids import PortalId, SmsmodeId
from core.domain.status import SmsStatus, from_smsmode
from core.ports import Clock, Database
from core.services.following import Following, Sighting
from core.stores import inbox, messages
from core.stores.installs import Install
from core.wire import smsmode_report
from core.wire.smsmode_report import Report

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reporting:
    """Takes smsmode's reports.

    Args:
        database: Where they are written down.
        clock: What o'clock it is.
        following: What becomes of them.
    """

    database: Database
    clock: Clock
    following: Following

    async def accept(self, install: Install, raw: bytes) -> None:
        """Write down a report; the same message and status twice does nothing more.

        Raises:
            MalformedRequestError: It cannot be read.
        """
        report = smsmode_report.parse(raw)
        await self.database.run(lambda tx: self._accept(tx, install, report))

    def apply_parked(self, tx: Connection, portal_id: PortalId, smsmode_id: SmsmodeId) -> None:
        """Apply the reports that came before their SMS was known by ``smsmode_id``."""
        for raw in inbox.unpark(tx, portal_id, smsmode_id):
            self._apply(tx, portal_id, smsmode_report.parse(raw))

    def _accept(self, tx: Connection, install: Install, report: Report) -> None:
        portal_id = install.portal_id
        key = f"report:{portal_id}:{report.message_id}:{report.value}:{report.detail or ''}"
        key += f":{report.ref_client or ''}"
        if not inbox.receive(tx, key, portal_id, at=self.clock.now()):
            return
        if not self._apply(tx, portal_id, report):
            log.info("report.parked", extra={"smsmode_id": report.message_id})
            inbox.park(tx, key, report.message_id, smsmode_report.without_person(report))

    def _apply(self, tx: Connection, portal_id: PortalId, report: Report) -> bool:
        """Apply a report to its message; return whether the account has such a message."""
        # Our own reference first: an smsmode that lost its memory gives ids again.
        message = None if report.ref_client is None else messages.find_by_ref(tx, report.ref_client)
        if message is None:
            message = messages.find_by_smsmode_id(tx, report.message_id)
        if message is None or message.portal_id != portal_id:
            return False
        self.following.apply(tx, message, _sighting(report, self.clock.now()))
        return True


def _sighting(report: Report, now: datetime) -> Sighting:
    status = from_smsmode(report.value, report.detail)
    unknown = report.value if status is SmsStatus.UNKNOWN_VALUE else ""
    return Sighting(
        smsmode_id=report.message_id,
        status=status,
        detail=report.detail or unknown,
        at=report.at or now,
        text=report.text,
        characters=report.length,
        parts=report.parts,
        is_report=True,
    )
