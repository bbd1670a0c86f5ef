"""What HubSpot knows of one contact, asked now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.clients.hubspot import HubSpot
from core.domain.errors import ProviderRefusedError, UnknownAccountError, UnknownContactError
from core.domain.ids import ContactId, PortalId
from core.ports import Database
from core.stores.installs import Install, Installs
from core.wire import hubspot_crm
from core.wire.hubspot_definitions import REQUESTED_PROPERTIES
from core.wire.hubspot_paths import Paths

_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Contacts:
    """Asks HubSpot for contacts.

    Args:
        database: Where installations are.
        installs: Reads them.
        hubspot: Who is asked.
        paths: The edition's paths.
    """

    database: Database
    installs: Installs
    hubspot: HubSpot
    paths: Paths

    async def install(self, portal_id: PortalId) -> Install:
        """Return an account's installation, whatever its state.

        Raises:
            UnknownAccountError: The account has not installed the app.
        """
        found = await self.database.run(lambda tx: self.installs.find(tx, portal_id))
        if found is None:
            raise UnknownAccountError(portal_id)
        return found

    async def properties(
        self,
        portal_id: PortalId,
        contact_id: ContactId,
        names: Iterable[str] = REQUESTED_PROPERTIES,
    ) -> Mapping[str, str]:
        """Return a contact's properties, those without a value left out.

        Raises:
            UnknownContactError: The account has no such contact.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        ask = hubspot_crm.read_contact(self.paths, contact_id, names)
        try:
            answer = await self.hubspot.as_account(portal_id, ask)
        except ProviderRefusedError as exc:
            if exc.status == _NOT_FOUND:
                raise UnknownContactError(portal_id, contact_id) from exc
            raise
        return hubspot_crm.parse_properties(answer.body)
