"""The end of things: accounts that are deleted, keys that are retired, and what is left to count."""

import logging
from dataclasses import dataclass

from core.clients.hubspot import HubSpot
from core.domain.errors import AccessRevokedError, UnknownAccountError
from core.domain.ids import PortalId
from core.ports import Database
from core.stores import erasure
from core.stores.erasure import Figure
from core.stores.installs import Installs, InstallState
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Ends what is to end.

    Args:
        database: Where all is written down.
        installs: Who installed.
        hubspot: Who is told that the app leaves.
        paths: The edition's paths.
    """

    database: Database
    installs: Installs
    hubspot: HubSpot
    paths: Paths

    async def delete_account(self, portal_id: PortalId) -> None:
        """Take the app out of an account, and forget the account.

        Raises:
            UnknownAccountError: The account has not installed the app.
            ProviderError: HubSpot cannot be told now; nothing is forgotten.
        """
        install = await self.database.run(lambda tx: self.installs.find(tx, portal_id))
        if install is None:
            raise UnknownAccountError(portal_id)
        if install.state is InstallState.ACTIVE:
            ask = VendorRequest(method="DELETE", path=self.paths.uninstall)
            try:
                await self.hubspot.as_account(portal_id, ask)
            except AccessRevokedError:
                log.info("account.gone_already", extra={"portal_id": portal_id})
        await self.database.run(lambda tx: erasure.erase_account(tx, portal_id))
        await self.database.scrub()
        log.warning("account.deleted", extra={"portal_id": portal_id})

    async def figures(self, portal_id: PortalId) -> list[Figure]:
        """Return how many SMS of an account came to which end, by day and parts."""
        return await self.database.run(lambda tx: erasure.figures(tx, portal_id))

    async def reseal(self) -> int:
        """Encrypt all stored secrets with the current key, and return how many accounts have any.

        Raises:
            VaultError: A secret was encrypted with none of the keys that are set.
        """
        return await self.database.run(self.installs.reseal)
