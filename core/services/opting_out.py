"""Opting out, by whichever road: our own list holds the number, and the contact's record says so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from core.domain.consent import PhoneStatus
from core.domain.ids import ContactId, PortalId
from core.services.desk import Desk
from core.stores import inbox
from core.wire.hubspot_properties import CONSENT, STATUS


@dataclass(frozen=True, slots=True)
class OptingOut:
    """Heeds whoever wants no more promotional SMS, in the caller's transaction.

    Args:
        desk: Where HubSpot's news is written down.
    """

    desk: Desk

    def heed(
        self,
        tx: Connection,
        portal_id: PortalId,
        phone: str,
        *,
        contact_id: ContactId | None,
        at: datetime,
        cause: str,
    ) -> None:
        """Write down an opt-out, and show it on its contact, where that is known.

        Args:
            tx: The caller's transaction.
            portal_id: The account that it counts for.
            phone: Whose, in E.164.
            contact_id: The contact who has the number, if known.
            at: When it was said.
            cause: The id of what said so.
        """
        inbox.opt_out(tx, portal_id, phone, at=at, origin=cause)
        if contact_id is not None:
            self.show(tx, portal_id, contact_id, cause=cause)

    def show(
        self, tx: Connection, portal_id: PortalId, contact_id: ContactId, *, cause: str
    ) -> None:
        """Promise an opt-out's values on the contact: the status says so, the consent is unset."""
        values = {STATUS: PhoneStatus.REFUSED_PROMOTIONAL.value, CONSENT: ""}
        self.desk.properties(tx, portal_id, contact_id=contact_id, cause=cause, values=values)

    def lift(
        self,
        tx: Connection,
        portal_id: PortalId,
        phone: str,
        *,
        contact_id: ContactId,
        is_shown: bool,
        cause: str,
    ) -> bool:
        """Lift an opt-out, and return whether there was one; the consent is not ours to give.

        Args:
            tx: The caller's transaction.
            portal_id: The account that it counted for.
            phone: Whose, in E.164.
            contact_id: The contact who has the number.
            is_shown: Whether the contact's record shows it.
            cause: An id of this very change.
        """
        if not inbox.opt_in(tx, portal_id, phone) and not is_shown:
            return False
        values = {STATUS: PhoneStatus.ACTIVE.value}
        self.desk.properties(tx, portal_id, contact_id=contact_id, cause=cause, values=values)
        return True
