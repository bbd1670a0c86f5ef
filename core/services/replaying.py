"""What was given up: listed with its reason, done again or dismissed at the operator's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from core.domain.ids import MessageId
from core.ports import Database, Failure, WorkQueue
from core.services.desk import Desk
from core.services.sending import SEND
from core.stores import messages, outgoing

HUBSPOT = "hubspot"
"""The kind of what HubSpot refused for good; other kinds are those of tasks."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """All that was given up.

    Args:
        tasks: Tasks that ran out of tries, or could not be done.
        refused: What HubSpot refused for good, as (key, reason).
    """

    tasks: Sequence[Failure]
    refused: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Replaying:
    """Has things that were given up done again, or forgotten.

    Args:
        database: Where they are.
        queue: Whose tasks they were.
        desk: Promises what HubSpot is to be told again.
    """

    database: Database
    queue: WorkQueue
    desk: Desk

    async def given_up(self) -> GivenUp:
        """Return what was given up, oldest first."""
        tasks = await self.queue.failed()
        return GivenUp(tasks, await self.database.run(outgoing.buried))

    async def again(self, kind: str, item: str) -> bool:
        """Have one thing done again, now; return whether it was given up at all."""
        if kind == HUBSPOT:
            return await self.database.run(lambda tx: self._tell_again(tx, item))
        if kind == SEND and await self._is_given_up(kind, item):
            await self.database.run(lambda tx: messages.reopen(tx, MessageId(item)))
        return await self.queue.requeue(kind, item)

    async def dismiss(self, kind: str, item: str) -> bool:
        """Forget one thing that is not worth doing again; return whether it was given up at all."""
        if kind == HUBSPOT:
            return await self.database.run(lambda tx: outgoing.discard(tx, item))
        return await self.queue.dismiss(kind, item)

    async def _is_given_up(self, kind: str, item: str) -> bool:
        gone = [failure.task for failure in await self.queue.failed()]
        return any((task.kind, task.item) == (kind, item) for task in gone)

    def _tell_again(self, tx: Connection, key: str) -> bool:
        accounts = outgoing.revive(tx, key)
        for portal_id in accounts:
            self.desk.promise(tx, portal_id)
        return bool(accounts)
