"""Linking the two API keys: the operator's last step, before which nothing can be sent."""

import logging
import re
from dataclasses import dataclass

from core.clients.smsmode import Smsmode
from core.domain.errors import MalformedRequestError, UnknownAccountError
from core.domain.ids import PortalId
from core.ports import Database
from core.stores.installs import Install, Installs

log = logging.getLogger(__name__)

_KEY = re.compile(r"[!-~]{1,500}")


@dataclass(frozen=True, slots=True)
class Linking:
    """Ties an account to its marketing and notification keys.

    Args:
        database: Where keys are kept, encrypted.
        installs: Reads and writes them.
        smsmode: Who says whether a key lives.
    """

    database: Database
    installs: Installs
    smsmode: Smsmode

    async def link(self, portal_id: PortalId, *, marketing: str, notification: str) -> Install:
        """Link both keys and return the installation.

        Raises:
            MalformedRequestError: A key holds what no HTTP header can carry.
            UnknownAccountError: The account has not installed the app.
            AccessRevokedError: smsmode does not take a key; nothing is linked.
            ProviderError: smsmode cannot be asked now; nothing is linked.
        """
        for name, key in (("marketing", marketing), ("notification", notification)):
            if not _KEY.fullmatch(key):
                msg = f"{name} must be an API key: 1 to 500 letters, digits and signs, no spaces"
                raise MalformedRequestError(msg)
        await self._find(portal_id)
        for key in (marketing, notification):
            await self.smsmode.check_key(key)
        await self.database.run(
            lambda tx: self.installs.save_keys(
                tx, portal_id, marketing=marketing, notification=notification
            )
        )
        log.info("keys.linked", extra={"portal_id": portal_id})
        return await self._find(portal_id)

    async def _find(self, portal_id: PortalId) -> Install:
        install = await self.database.run(lambda tx: self.installs.find(tx, portal_id))
        if install is None:
            raise UnknownAccountError(portal_id)
        return install
