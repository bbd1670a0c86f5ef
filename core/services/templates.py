"""The card's templates: read, and saved all at once unless somebody else saved first."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from core.domain.ids import PortalId
from core.domain.templates import StaleEditError, Template, TemplateSet
from core.ports import Clock, Database
from core.stores import templates
from core.stores.installs import Installs

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Templates:
    """Keeps the templates of each account.

    Args:
        database: Where they are.
        clock: What o'clock it is.
        installs: Who installed.
    """

    database: Database
    clock: Clock
    installs: Installs

    async def read(self, portal_id: PortalId) -> TemplateSet:
        """Return an account's templates.

        Raises:
            UnknownAccountError: The account has not installed the app, or has removed it.
        """

        def find(tx: Connection) -> TemplateSet:
            self.installs.connected(tx, portal_id)
            return templates.find(tx, portal_id)

        return await self.database.run(find)

    async def save(
        self, portal_id: PortalId, entries: Sequence[Template], *, version: int, by: str
    ) -> TemplateSet:
        """Write all templates of an account at once, and return them as they are now.

        Args:
            portal_id: The account.
            entries: All of them.
            version: What was edited.
            by: Who saves.

        Raises:
            UnknownAccountError: The account has not installed the app, or has removed it.
            StaleEditError: Somebody else saved since ``version``; nothing is written.
        """

        def write(tx: Connection) -> TemplateSet:
            self.installs.connected(tx, portal_id)
            saved = templates.save(
                tx,
                portal_id,
                entries,
                expected=version,
                by=by,
                at=self.clock.now(),
            )
            current = templates.find(tx, portal_id)
            if not saved:
                raise StaleEditError(current)
            return current

        kept = await self.database.run(write)
        log.info("templates.saved", extra={"portal_id": portal_id, "version": kept.version})
        return kept
