"""What HubSpot knows of one contact, asked now, for somebody who waits to see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from core.clients.hubspot import HubSpot
from core.clients.vendor import Answer
from core.domain.errors import (
    ProviderRefusedError,
    ThrottledError,
    UnknownAccountError,
    UnknownContactError,
)
from core.domain.ids import ContactId, PortalId
from core.ports import Database, Pause
from core.stores.installs import Install, Installs
from core.wire import hubspot_crm
from core.wire.hubspot_paths import Paths
from core.wire.hubspot_properties import REQUESTED_PROPERTIES
from core.wire.requests import VendorRequest

PATIENCE = timedelta(seconds=3)
"""How long somebody waits in all for the account's turn.

HubSpot gives a card 5 s, and an extension's request 15 s unless it says otherwise; the answer
itself takes the rest. Source: HubSpot developer docs, "CRM cards", "Fetching data" (docs).
"""

_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Contacts:
    """Asks HubSpot for contacts.

    Args:
        database: Where installations are.
        installs: Reads them.
        hubspot: Who is asked.
        paths: The edition's paths.
        pause: Lets a turn come; without it nobody waits.
    """

    database: Database
    installs: Installs
    hubspot: HubSpot
    paths: Paths
    pause: Pause | None

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
            ThrottledError: It is not the account's turn, nor soon.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        ask = hubspot_crm.read_contact(self.paths, contact_id, names)
        try:
            answer = await self._patiently(portal_id, ask)
        except ProviderRefusedError as exc:
            if exc.status == _NOT_FOUND:
                raise UnknownContactError(portal_id, contact_id) from exc
            raise
        return hubspot_crm.parse_properties(answer.body)

    async def _patiently(self, portal_id: PortalId, ask: VendorRequest) -> Answer:
        """Return the answer to ``ask``, once it is the account's turn."""
        left = PATIENCE
        while True:
            try:
                return await self.hubspot.as_account(portal_id, ask)
            except ThrottledError as exc:
                wait = exc.retry_after
                if self.pause is None or wait is None or wait > left:
                    raise
            left -= wait
            await self.pause(wait)
