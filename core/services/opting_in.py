"""Opting in again: somebody who had refused changed their mind, and smsmode was told."""

import logging
from dataclasses import dataclass

from core.domain.consent import PhoneStatus
from core.domain.ids import ContactId, PortalId
from core.ports import Database, IdSource
from core.services.composing import recipient
from core.services.contacts import Contacts
from core.services.opting_out import OptingOut
from core.wire.hubspot_properties import STATUS

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OptingIn:
    """Lifts refusals, at the operator's word alone.

    Args:
        database: Where they are written down.
        ids: Names for changes.
        contacts: Asks HubSpot for a contact's number.
        opting_out: Knows the refusals.
    """

    database: Database
    ids: IdSource
    contacts: Contacts
    opting_out: OptingOut

    async def lift(self, portal_id: PortalId, contact_id: ContactId) -> bool:
        """Lift the refusal of a contact's number, and return whether there was one.

        smsmode's own opposition list is smsmode's to change.

        Raises:
            UnknownAccountError: The account has not installed the app.
            UnknownContactError: The account has no such contact.
            SendRefusedError: The contact has no number that can get SMS.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        install = await self.contacts.install(portal_id)
        properties = await self.contacts.properties(portal_id, contact_id)
        phone = recipient({}, properties, install.country)
        is_lifted = await self.database.run(
            lambda tx: self.opting_out.lift(
                tx,
                portal_id,
                phone.e164,
                contact_id=contact_id,
                is_shown=properties.get(STATUS) == PhoneStatus.REFUSED_PROMOTIONAL,
                cause=self.ids.uuid(),
            )
        )
        log.warning("optout.lifted", extra={"portal_id": portal_id, "lifted": is_lifted})
        return is_lifted
