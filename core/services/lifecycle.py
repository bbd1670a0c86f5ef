"""The end of things: accounts that are deleted, people who are forgotten or merged, retired keys."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from core.clients.hubspot import HubSpot
from core.domain.errors import AccessRevokedError, UnknownAccountError
from core.domain.ids import PortalId
from core.ports import Database
from core.stores import erasure
from core.stores.erasure import Figure
from core.stores.installs import Installs, InstallState
from core.stores.merging import merge_contacts
from core.wire.hubspot_paths import Paths
from core.wire.hubspot_webhooks import MERGE, PRIVACY_DELETION, Notice
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
        log.warning("account.deleted", extra={"portal_id": portal_id})

    async def heed(self, notices: Iterable[Notice]) -> None:
        """Forget the people who asked for it, and make one of the contacts that became one.

        Who was merged is forgotten with the contact that they became.
        """
        for notice in notices:
            if notice.kind == PRIVACY_DELETION and notice.contact_id:
                await self._forget(notice)
            elif notice.kind == MERGE:
                await self._merge(notice)

    async def figures(self, portal_id: PortalId) -> list[Figure]:
        """Return how many SMS of an account came to which end, by day and parts."""
        return await self.database.run(lambda tx: erasure.figures(tx, portal_id))

    async def reseal(self) -> int:
        """Encrypt all stored secrets with the current key, and return how many accounts have any.

        Raises:
            VaultError: A secret was encrypted with none of the keys that are set.
        """
        return await self.database.run(self.installs.reseal)

    async def _merge(self, notice: Notice) -> None:
        moved = await self.database.run(
            lambda tx: merge_contacts(tx, notice.portal_id, notice.merged, notice.contact_id)
        )
        log.info("contact.merged", extra={"portal_id": notice.portal_id, "messages": moved})

    async def _forget(self, notice: Notice) -> None:
        erased = await self.database.run(
            lambda tx: erasure.erase_contact(tx, notice.portal_id, notice.contact_id)
        )
        log.info("contact.forgotten", extra={"portal_id": notice.portal_id, "messages": erased})
