"""The card's templates: read, and saved all at once unless somebody else saved first."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from core.domain.ids import PortalId
from core.domain.templates import StaleEditError, Template, TemplateSet
from core.ports import Clock, Database
from core.stores import templates

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Templates:
    """Keeps the templates of each account.

    Args:
        database: Where they are.
        clock: What o'clock it is.
    """

    database: Database
    clock: Clock

    async def read(self, portal_id: PortalId) -> TemplateSet:
        """Return an account's templates."""
        return await self.database.run(lambda tx: templates.find(tx, portal_id))

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
            StaleEditError: Somebody else saved since ``version``; nothing is written.
        """

        def write(tx: Connection) -> TemplateSet:
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
