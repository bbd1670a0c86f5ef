"""What was given up: listed with its reason, done again or dismissed at the operator's word."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from core.domain.ids import MessageId
from core.ports import Database, Failure, Thing, WorkQueue
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

    async def again(self, things: Collection[Thing]) -> int:
        """Have things done again, now; return how many of them were given up."""
        keys = _keys(things)
        told = await self.database.run(lambda tx: self._tell_again(tx, keys)) if keys else 0
        given_up = {(gone.task.kind, gone.task.item) for gone in await self.queue.failed()}
        sends = sorted(MessageId(item) for kind, item in given_up & {*things} if kind == SEND)
        await self.database.run(lambda tx: _reopen(tx, sends))
        return told + await self.queue.requeue(things)

    async def dismiss(self, things: Collection[Thing]) -> int:
        """Forget things that are not worth doing again; return how many of them were given up."""
        keys = _keys(things)
        told = await self.database.run(lambda tx: outgoing.discard(tx, keys)) if keys else 0
        return told + await self.queue.dismiss(things)

    def _tell_again(self, tx: Connection, keys: Collection[str]) -> int:
        count, accounts = outgoing.revive(tx, keys)
        for portal_id in accounts:
            self.desk.promise(tx, portal_id)
        return count


def _reopen(tx: Connection, sends: Iterable[MessageId]) -> None:
    for message_id in sends:
        messages.reopen(tx, message_id)


def _keys(things: Collection[Thing]) -> set[str]:
    """Return the keys of those things that HubSpot refused for good."""
    return {item for kind, item in things if kind == HUBSPOT}
